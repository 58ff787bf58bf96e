/ Command-line arguments with defaults.
\d .config

args:.Q.opt .z.x

/ get[name;default]: the first value of an argument, as a string
get:{[name;dflt] $[name in key args;first args name;dflt]}
long:{[name;dflt] $[name in key args;"J"$first args name;dflt]}
symbols:{[name;dflt] $[name in key args;`$"," vs first args name;dflt]}

\d .
