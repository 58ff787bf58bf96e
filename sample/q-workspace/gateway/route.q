/ Which process answers for which days.
\d .route

parts:{[syms;from;to]
  today:.z.D;
  $[to<today;  (enlist `hdb)!enlist (syms;from;to);
    from>=today;(enlist `rdb)!enlist enlist syms;
    `hdb`rdb!((syms;from;today-1);enlist syms)]}

\d .
