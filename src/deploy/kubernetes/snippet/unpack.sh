#!/bin/sh
# Slipway's second init container: unpacks the zip that the first one has proved. May run again at any time.
#
# Exit codes: 0 unpacked, or no code is set; 10 wrong settings, 15 no space, 20 no zip that can be unpacked,
# 21 a name in the zip is refused.
set -u
umask 022
trap 'exit 143' TERM INT

work=${SLIPWAY_WORK:-/slipway}
code=${SLIPWAY_CODE_DIR:-/opt/kx/app/code}
termination=${SLIPWAY_TERMINATION_LOG:-/dev/termination-log}
zip=$work/code.zip
names=$work/names.txt

# Removes what is in the code's folder, not the folder, which is a mount.
empty() {
  find . ! -name . -prune -exec rm -rf {} +
}

# Logs what is wrong, leaves it as the termination message, leaves no half of the code, and ends.
fail() {
  empty
  rm -f "$names"
  printf 'error: %s\n' "$2" >&2
  printf '%s' "error: $2" >"$termination"
  exit "$1"
}

# Bytes as numbers, for awk.
numbers() {
  od -An -v -tu1
}

cd "$code" || {
  echo "error: $code is not there" >&2
  exit 10
}
for program in awk od unzip; do
  command -v "$program" >/dev/null || fail 10 "the image has no $program"
done
empty
if [ ! -f "$zip" ]; then
  echo 'No code is set.'
  exit 0
fi

# Reads the record at the end of the zip: how many entries its directory has, its size, and where it begins.
# https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
end_record=$(tail -c 65557 "$zip" | numbers | LC_ALL=C awk '
  { for (i = 1; i <= NF; i++) b[n++] = $i }
  function two(at) { return b[at] + 256 * b[at + 1] }
  function four(at) { return two(at) + 65536 * two(at + 2) }
  END {
    for (at = n - 22; at >= 0; at--) {
      if (b[at] != 80 || b[at + 1] != 75 || b[at + 2] != 5 || b[at + 3] != 6) continue
      if (at + 22 + two(at + 20) != n) continue
      print two(at + 10), four(at + 12), four(at + 16), n - at
      exit
    }
  }')
if [ -z "$end_record" ]; then fail 20 'the object is no zip'; fi
# shellcheck disable=SC2086 # Four numbers.
set -- $end_record
entries=$1 size=$2 offset=$3 rest=$4
if [ "$entries" -eq 65535 ] || [ "$offset" -eq 4294967295 ]; then fail 20 'the zip is of the kind zip64'; fi
if [ $((offset + size + rest)) -ne "$(wc -c <"$zip")" ]; then fail 20 'the zip holds bytes that belong to no file'; fi

# Prints the names of the files in the directory. If one is refused, the last line begins with "refused: ".
tail -c "$((size + rest))" "$zip" | head -c "$size" | numbers | LC_ALL=C awk -v entries="$entries" '
  # One entry at a time, for the sake of memory: its first 46 bytes tell how long it is.
  {
    for (i = 1; i <= NF; i++) {
      b[n++] = $i
      if (n == 46) length_of_entry = 46 + two(28) + two(30) + two(32)
      if (n >= 46 && n == length_of_entry) {
        take()
        n = 0
      }
    }
  }
  function two(at) { return b[at] + 256 * b[at + 1] }
  function refuse(why) {
    print "refused: " why
    refused = 1
    exit
  }
  function take(    name, shown, odd, byte, at, type) {
    if (b[0] != 80 || b[1] != 75 || b[2] != 1 || b[3] != 2) refuse("its directory is torn")
    for (at = 46; at < 46 + two(28); at++) {
      byte = b[at]
      if (byte < 32 || byte == 92 || byte == 127) odd = 1
      name = name sprintf("%c", byte)
      shown = shown (byte < 32 || byte == 127 ? "?" : sprintf("%c", byte))
    }
    if (name == "" || odd) refuse("a name with control characters or backslashes: " shown)
    if (name ~ /^\//) refuse("an absolute name: " shown)
    if (("/" name "/") ~ /\/\.\.\//) refuse("a name that leads out of the folder: " shown)
    if (("/" name) ~ /\/\.?\//) refuse("a name with an empty part: " shown)
    # The type in its Unix mode: 4 is a folder, 8 a file, 10 a link, and 0 says nothing.
    type = int(two(40) / 4096)
    if (type == 10) refuse("a link: " shown)
    if (type != 0 && type != 4 && type != 8) refuse("neither a file nor a folder: " shown)
    if (b[8] % 2 == 1) refuse("an encrypted file: " shown)
    if (name in seen) refuse("a name that is there twice: " shown)
    seen[name] = 1
    taken++
    if (name !~ /\/$/) print name
  }
  END { if (!refused && (n > 0 || taken != entries)) print "refused: its directory is torn" }' >"$names" ||
  fail 15 "no space left in $work"
refused=$(tail -n 1 "$names")
case $refused in
  'refused: '*) fail 21 "the zip is refused: ${refused#refused: }" ;;
esac

# Without input, unzip cannot ask what to do when the disk is full.
if ! said=$(LC_ALL=C.UTF-8 unzip -o -q "$zip" -d . 2>&1 </dev/null); then
  words=$(printf '%s\n' "$said" | grep -v '^ *$' | tail -n 1 | cut -c 1-600)
  case $said in
    *'No space left'* | *'disk full'* | *'write error'* | *'quota exceeded'*)
      fail 15 "no space left for the code in $code ($words)" ;;
    *) fail 20 "the zip could not be unpacked ($words)" ;;
  esac
fi
# Checks what unzip has written: a zip repeats each name in front of the file, where it may be another name.
others=$(find . ! -type f ! -type d | head -n 1)
if [ -n "$others" ]; then fail 21 "the zip is refused: neither a file nor a folder: $others"; fi
LC_ALL=C sort -o "$names" "$names" || fail 15 "no space left in $work"
if ! find . -type f | cut -c 3- | LC_ALL=C sort | cmp -s - "$names"; then
  fail 21 'the zip is refused: the files in it are not those that its directory names'
fi
# A zip may hold no Unix modes, or odd ones.
find . ! -name . -exec chmod u+rwX,go+rX,go-w,a-s {} + || fail 20 'the modes of the files could not be set'
rm -f "$names"
echo "Unpacked $entries entries into $code"
