/ Historical database: maps the partitions and answers for days before today.
\l lib/stats.q

.hdb.dir:.config.get[`hdb;"/tmp/hdb"];
.hdb.load:{@[system;"l ",.hdb.dir;{.log.warn "no database yet: ",x}]};
.hdb.load[];

getTrades:{[syms;from;to] select from trade where date within (from;to), sym in syms}
getVwap:{[syms;from;to] .stats.vwap[select from trade where date within (from;to);syms]}
