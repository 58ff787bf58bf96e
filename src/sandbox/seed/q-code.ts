/** The q code that the sample shop has deployed: a small tick system, in an earlier and a later state. */

const SCHEMA = `/ tables of the equities feed
trade:([]time:\`timespan$();sym:\`symbol$();price:\`float$();size:\`long$();side:\`symbol$())
quote:([]time:\`timespan$();sym:\`symbol$();bid:\`float$();ask:\`float$();bsize:\`long$();asize:\`long$())
`;

const SCHEMA_LATER = `${SCHEMA}bar:([]time:\`minute$();sym:\`symbol$();open:\`float$();high:\`float$();low:\`float$();close:\`float$();vol:\`long$())
`;

const LOG = `\\d .log
out:{[level;msg] -1 " " sv (string .z.p;string level;msg);}
info:out[\`INFO]
error:out[\`ERROR]
\\d .
`;

const TICK = `/ ticker plant: publishes what it gets and keeps a log
\\l tick/schema.q
\\l lib/log.q
\\d .u
t:tables\`.
w:t!(count t)#()
sub:{[table;syms] w[table],:enlist(.z.w;syms);(table;value table)}
pub:{[table;rows] {[table;rows;s] neg[s 0](\`upd;table;rows)}[table;rows] each w table;}
upd:{[table;rows] pub[table;rows]}
\\d .
.log.info "ticker plant ready"
`;

const RDB = `/ real-time database: keeps today
\\l tick/schema.q
\\l lib/log.q
upd:insert
.u.end:{[date] .Q.hdpf[\`:hdb;\`:hdb;date;\`sym];.log.info "saved ",string date}
`;

const HDB = `/ historical database
\\l lib/log.q
\\l lib/query.q
.log.info "hdb ready"
`;

const QUERY = `\\d .qry
vwap:{[table;syms;from;to] select vwap:size wavg price by sym from table where date within (from;to),sym in syms}
last5:{[table;s] -5 sublist select from table where sym=s}
\\d .
`;

const QUERY_LATER = `${QUERY}.qry.spread:{[s;from;to] select avg ask-bid by date from quote where date within (from;to),sym=s}
`;

const GATEWAY = `/ gateway: asks the databases and joins their answers
\\l lib/log.q
\\l lib/query.q
.gw.route:{[q;dates] (neg .gw.hdb)(q;dates where dates<.z.d);(neg .gw.rdb)(q;dates where dates=.z.d)}
.log.info "gateway ready"
`;

const ANALYTICS = `/ general purpose: research functions
\\l lib/query.q
\\d .ana
zscore:{(x-avg x)%dev x}
ema:{[a;x] {[a;p;c] (a*c)+p*1-a}[a]\\[first x;x]}
\\d .
`;

export const CODE_EARLIER: Readonly<Record<string, string>> = {
  'tick/schema.q': SCHEMA,
  'tick/init.q': TICK,
  'rdb/init.q': RDB,
  'hdb/init.q': HDB,
  'gw/init.q': GATEWAY,
  'gp/init.q': ANALYTICS,
  'lib/log.q': LOG,
  'lib/query.q': QUERY,
};

export const CODE_LATER: Readonly<Record<string, string>> = {
  ...CODE_EARLIER,
  'tick/schema.q': SCHEMA_LATER,
  'lib/query.q': QUERY_LATER,
  'data/venues.csv': 'mic,name\nXNAS,Nasdaq\nXNYS,New York Stock Exchange\nARCX,NYSE Arca\n',
};
