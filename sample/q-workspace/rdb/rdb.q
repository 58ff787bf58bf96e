/ Real-time database: subscribes to the ticker plant, answers for today, hands the day over at its end.
\l lib/schema.q
\l lib/stats.q
\l rdb/eod.q

upd:insert

.rdb.tp:hsym `$.config.get[`tickerplant;"localhost:5010"];
.rdb.syms:.config.symbols[`syms;`];

.rdb.connect:{
  h:@[hopen;(.rdb.tp;2000);{.log.warn "no ticker plant: ",x;0N}];
  if[not null h; (.[;();:;].) each h(".u.sub";`;.rdb.syms); .log.info "subscribed"];
  h}

.rdb.handle:.rdb.connect[];
.z.pc:{if[x~.rdb.handle; .log.warn "ticker plant gone"; .rdb.handle:0N]};
.z.ts:{if[null .rdb.handle; .rdb.handle:.rdb.connect[]]};
\t 5000

getTrades:{[syms] select from trade where sym in syms}
getVwap:{[syms] .stats.vwap[trade;syms]}
