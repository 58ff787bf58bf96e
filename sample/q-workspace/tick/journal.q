/ The log of a day's updates, from which a process recovers.
\d .journal

dir:hsym `$.config.get[`journal;"/tmp/journal"]
handle:0N
count:0

path:{[day] ` sv dir,`$"ticks.",string day}
open:{[day] p:path day; if[not type key p; p set ()]; count::-11!(-2;p); handle::hopen p}
write:{[t;x] if[not null handle; handle enlist(`upd;t;x); count+:1]}

\d .
