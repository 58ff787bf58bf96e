/ Ticker plant: stamps, logs and publishes in batches.
\l lib/schema.q
\l tick/u.q
\l tick/journal.q

.u.init[];
.tp.interval:.config.long[`interval;100];

.u.upd:{[t;x]
  if[not -16h=type first first x; x:(enlist (count first x)#.z.n),x];
  t insert x;
  .journal.write[t;x];}

.tp.flush:{.u.pub'[.u.t;value each .u.t]; @[`.;.u.t;@[;`sym;`g#]0#];}

.tp.day:.z.D;
.tp.roll:{if[.tp.day<.z.D; .u.end .tp.day; .tp.day:.z.D; .journal.open .tp.day]}

.journal.open .tp.day;
.z.ts:{.tp.flush[]; .tp.roll[]};
system "t ",string .tp.interval;
