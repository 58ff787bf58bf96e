/ End of day: writes the tables down and clears them.
\d .eod

hdb:hsym `$.config.get[`hdb;"/tmp/hdb"]

save:{[day;t]
  .log.info "saving ",string[t]," ",string count value t;
  .Q.dpft[hdb;day;`sym;t];
  @[`.;t;@[;`sym;`g#]0#];}

\d .
.u.end:{[day] .eod.save[day] each tables[]; .Q.gc[];}
