/ Gateway: asks RDB and HDB, answers when both have, never blocks.
\l gateway/route.q

.gw.handles:(`symbol$())!`int$();
.gw.open:{[name] .gw.handles[name]:@[hopen;(hsym `$.config.get[name;""];2000);{0N}];}
.gw.open each `rdb`hdb;

.gw.pending:([id:`long$()] client:`int$(); left:`long$(); parts:());
.gw.id:0;

/ query[function;arguments by process]: defers the answer until every part is there
.gw.query:{[fn;parts]
  -30!(::);
  .gw.id+:1;
  `.gw.pending upsert (.gw.id;.z.w;count parts;());
  {[id;fn;name;args] (neg .gw.handles name)({[id;q] (neg .z.w)(`.gw.answer;id;@[value;q;{(`error;x)}])};id;fn,args)}[.gw.id;fn]'[key parts;value parts];}

.gw.answer:{[id;part]
  .[`.gw.pending;(id;`parts);,;enlist part];
  .[`.gw.pending;(id;`left);-;1];
  if[0=.gw.pending[id;`left]; -30!(.gw.pending[id;`client];0b;raze .gw.pending[id;`parts]); delete from `.gw.pending where id=id];}

getTrades:{[syms;from;to] .gw.query[`getTrades;.route.parts[syms;from;to]]}
