/ Initialization script: loads what the argument "role" asks for.
\l lib/log.q
\l lib/config.q

.start.scripts:`tickerplant`rdb`hdb`gateway!("tick/tickerplant.q";"rdb/rdb.q";"hdb/hdb.q";"gateway/gateway.q");
.start.role:`$.config.get[`role;"rdb"];

if[not .start.role in key .start.scripts;
  .log.error "unknown role ",string .start.role;
  'role];

.log.info "starting as ",string .start.role;
system "l ",.start.scripts .start.role;
.log.info "ready";
