/ Lines with time, level and process id.
\d .log

level:`debug`info`warn`error!til 4
threshold:`info

line:{[lvl;msg] if[level[lvl]>=level threshold; -1 " " sv (string .z.p;upper string lvl;string .z.i;msg)];}
debug:line[`debug]
info:line[`info]
warn:line[`warn]
error:line[`error]

\d .
