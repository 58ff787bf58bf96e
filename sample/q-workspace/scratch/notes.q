/ Not deployed: tries and measurements.
t:([] time:1000?.z.n; sym:1000?`a`b`c; price:1000?100f; size:1000?1000)
\ts:100 select size wavg price by sym from t
