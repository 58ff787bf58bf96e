#!/bin/sh
# Starts the program of a container with the initialization script and the arguments of the pod's annotations.
#
#   start.sh q                      q SCRIPT ARGUMENT...
#   start.sh q -- -p 5000           q SCRIPT -p 5000 ARGUMENT...
#   start.sh python3 -u --          python3 -u SCRIPT ARGUMENT...
#
# An argument {"key": "p", "value": "5000"} becomes -p 5000, as FinSpace had it; a text is handed on as it is.
# Where no code is set, the program gets only the words that stand here. No shell reads a text of an annotation.
# Exit codes of its own: 10 no program is named, 30 the script is not in the code, 31 the arguments cannot be read.
set -u

code=${SLIPWAY_CODE_DIR:-/opt/kx/app/code}
termination=${SLIPWAY_TERMINATION_LOG:-/dev/termination-log}
script=${SLIPWAY_INIT_SCRIPT-}
rest=${SLIPWAY_ARGUMENTS:-[]}
newline='
'
tab=$(printf '\t')
carriage_return=$(printf '\r')

fail() {
  printf 'error: %s\n' "$2" >&2
  printf '%s' "error: $2" >"$termination"
  exit "$1"
}

refuse_arguments() {
  fail 31 "slipway.dev/arguments cannot be read: $1"
}

# Drops the first $1 characters of what is left to read.
drop() {
  count=$1
  while [ "$count" -gt 0 ]; do
    rest=${rest#?}
    count=$((count - 1))
  done
}

drop_blanks() {
  while :; do
    case $rest in
      ' '* | "$newline"* | "$tab"* | "$carriage_return"*) drop 1 ;;
      *) return ;;
    esac
  done
}

# Takes the four hex digits after \u into $unit.
read_unit() {
  hex=${rest#??}
  hex=${hex%"${hex#????}"}
  case $hex in
    [0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]) unit=$((0x$hex)) ;;
    *) refuse_arguments 'four hex digits were expected after \u' ;;
  esac
  drop 6
}

octal() {
  printf '\\%03o' "$@"
}

# Takes \uXXXX, or two that make one character, and adds it as UTF-8.
read_escaped_character() {
  read_unit
  point=$unit
  if [ "$point" -ge 55296 ] && [ "$point" -le 57343 ]; then
    case $rest in
      '\u'*) read_unit ;;
      *) refuse_arguments 'half of a character' ;;
    esac
    if [ "$point" -ge 56320 ] || [ "$unit" -lt 56320 ] || [ "$unit" -gt 57343 ]; then
      refuse_arguments 'half of a character'
    fi
    point=$((65536 + (point - 55296) * 1024 + unit - 56320))
  fi
  if [ "$point" -eq 0 ]; then
    refuse_arguments 'no program takes the character 0'
  elif [ "$point" -lt 128 ]; then
    bytes=$(octal "$point")
  elif [ "$point" -lt 2048 ]; then
    bytes=$(octal $((192 + point / 64)) $((128 + point % 64)))
  elif [ "$point" -lt 65536 ]; then
    bytes=$(octal $((224 + point / 4096)) $((128 + point / 64 % 64)) $((128 + point % 64)))
  else
    bytes=$(octal $((240 + point / 262144)) $((128 + point / 4096 % 64)) $((128 + point / 64 % 64)) $((128 + point % 64)))
  fi
  # The format holds only octal escapes. The x is there because $( ) drops line ends at the end.
  # shellcheck disable=SC2059
  character=$(printf "${bytes}x")
  text=$text${character%x}
}

# Takes a text, from its first quote to its last, into $text.
read_text() {
  text=
  drop 1
  while :; do
    plain=${rest%%[\"\\]*}
    if [ "$plain" = "$rest" ]; then refuse_arguments 'a text does not end'; fi
    text=$text$plain
    rest=${rest#"$plain"}
    case $rest in
      '"'*)
        drop 1
        return
        ;;
      '\u'*) read_escaped_character ;;
      '\"'* | \\\\* | '\/'*)
        drop 1
        text=$text${rest%"${rest#?}"}
        drop 1
        ;;
      '\n'*) text=$text$newline && drop 2 ;;
      '\t'*) text=$text$tab && drop 2 ;;
      '\r'*) text=$text$carriage_return && drop 2 ;;
      '\b'*) text=$text$(printf '\b') && drop 2 ;;
      '\f'*) text=$text$(printf '\f') && drop 2 ;;
      *) refuse_arguments 'an escape that JSON does not have' ;;
    esac
  done
}

# Takes {"key": "p", "value": "5000"}, in either order, into $key and $value.
read_pair() {
  key=
  value=
  found=
  drop 1
  while :; do
    drop_blanks
    case $rest in
      '"'*) read_text ;;
      *) refuse_arguments '"key" or "value" was expected' ;;
    esac
    member=$text
    drop_blanks
    case $rest in
      ':'*) drop 1 && drop_blanks ;;
      *) refuse_arguments 'a colon was expected' ;;
    esac
    case $rest in
      '"'*) read_text ;;
      *) refuse_arguments 'a text in quotes was expected' ;;
    esac
    case $member in
      key) key=$text ;;
      value) value=$text ;;
      *) refuse_arguments '"key" or "value" was expected' ;;
    esac
    found="$found $member"
    drop_blanks
    case $rest in
      ','*) drop 1 ;;
      '}'*) drop 1 && break ;;
      *) refuse_arguments 'a comma or } was expected' ;;
    esac
  done
  case $found in
    ' key value' | ' value key') ;;
    *) refuse_arguments 'an argument has one "key" and one "value"' ;;
  esac
}

if [ "$#" -eq 0 ]; then fail 10 'start.sh needs the program to start'; fi

if [ -n "$script" ]; then
  case /$script/ in
    */../* | //*) fail 30 "slipway.dev/init-script leads out of the code: $script" ;;
  esac
  script=$code/$script
  if [ ! -f "$script" ]; then fail 30 "the initialization script is not in the code: $script"; fi
  cd "$code" || fail 30 "$code cannot be entered"
fi

words=$#
place=after
while [ "$words" -gt 0 ]; do
  word=$1
  shift
  words=$((words - 1))
  if [ "$place" = after ] && [ "$word" = -- ]; then
    place=between
    if [ -n "$script" ]; then set -- "$@" "$script"; fi
  else
    set -- "$@" "$word"
  fi
done
if [ "$place" = after ] && [ -n "$script" ]; then set -- "$@" "$script"; fi

before=$#
drop_blanks
case $rest in
  '['*) drop 1 ;;
  *) refuse_arguments 'it does not begin with [' ;;
esac
drop_blanks
case $rest in
  ']'*) drop 1 ;;
  *)
    while :; do
      drop_blanks
      case $rest in
        '"'*)
          read_text
          set -- "$@" "$text"
          ;;
        '{'*)
          read_pair
          set -- "$@" "-$key" "$value"
          ;;
        *) refuse_arguments 'a text in quotes, or {"key": ..., "value": ...}, was expected' ;;
      esac
      drop_blanks
      case $rest in
        ','*) drop 1 ;;
        ']'*) drop 1 && break ;;
        *) refuse_arguments 'a comma or ] was expected' ;;
      esac
    done
    ;;
esac
drop_blanks
if [ -n "$rest" ]; then refuse_arguments 'something stands behind its end'; fi

echo "Starting $1${script:+ with $script} and $(($# - before)) arguments"
exec "$@"
