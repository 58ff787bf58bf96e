/ Analytics that the RDB and the HDB offer alike.
\d .stats

/ vwap[t;syms]: volume-weighted average price by symbol
vwap:{[t;syms] select vwap:size wavg price, volume:sum size by sym from t where sym in syms}

/ bars[t;syms;width]: open, high, low, close and volume per bar of `width` nanoseconds
bars:{[t;syms;width]
  select open:first price, high:max price, low:min price, close:last price, volume:sum size
    by sym, bar:width xbar time from t where sym in syms}

/ spread[q;syms]: mean spread in basis points of the mid
spread:{[q;syms] select bps:avg 1e4*(ask-bid)%0.5*ask+bid by sym from q where sym in syms, ask>bid}

\d .
