# What every script of Glia does alike: the request, the outcomes, when to stop.

set -euo pipefail
export LC_ALL=C
umask 077

give_up() {
  printf '%s\n' "$*" 'Nothing was changed.' >&2
  over=1
  exit 2
}

TAB=$'\t'
over='' WORK='' label='' outcome='' reason='' sent='' status=000 answered=000 said=''
# late: a change of this item was sent, and no answer could be read: it may be carried out at any time. told: its ending says so.
late='' told='' method='' at_mas=''
ended=0 done_count=0 skipped_count=0 failed_count=0 unknown_count=0 late_count=0
LATE='An earlier request got no answer and may have been carried out.'

counts() {
  printf '%s done, %s skipped, %s failed, %s unknown, %s not started.\n' "$done_count" "$skipped_count" \
    "$failed_count" "$unknown_count" "$((COUNT - ended))"
}

finish() { # EXIT-CODE WHY
  if [[ -n $late ]]; then
    # In the middle of an item: it is not one that was not started.
    late='' ended=$((ended + 1)) unknown_count=$((unknown_count + 1))
    printf '[%s/%s] %-7s %s: %s\n' "$ended" "$COUNT" unknown "$label" "$LATE"
  fi
  printf '\n%s\n' "$2"
  counts
  over=1
  exit "$1"
}

leave() {
  local code=$?
  [[ -z $WORK ]] || rm -rf -- "$WORK"
  if [[ -z $over ]]; then
    printf 'The script stopped early: it is incomplete, or something on this machine failed.\n' >&2
    counts >&2
    [[ $code -ne 0 ]] || exit 2
  fi
}
trap leave EXIT
trap 'finish 130 "Stopped. The last request may have been carried out. Running this again is harmless."' INT TERM

for tool in curl jq; do
  command -v "$tool" >/dev/null || give_up "This script needs $tool (Debian, Ubuntu: apt-get install $tool; macOS: brew install $tool). Or use the Python script."
done

# Not inherited by the programs that are started here, and never one of their arguments: those are shown to everybody by ps.
TOKEN=${GLIA_TOKEN:-}
unset GLIA_TOKEN
[[ -n $TOKEN ]] || give_up 'GLIA_TOKEN is not set. Set it to the access token of the admin who made this plan.'
case $TOKEN in
*[!A-Za-z0-9._~+/=:-]*) give_up 'GLIA_TOKEN contains a character that no access token has. Look for spaces, quotes and line breaks.' ;;
esac
WORK=$(mktemp -d "${TMPDIR:-/tmp}/glia.XXXXXXXX")

# Names and answers come from strangers: on one line, and nothing that a terminal takes for a command.
PLAIN='def plain: tostring | explode | map(
  if . < 32 or (. >= 127 and . < 160) or . == 173 or . == 1564 or (. >= 8203 and . <= 8207) or (. >= 8232 and . <= 8238)
    or (. >= 8288 and . <= 8303) or . == 65279 then 32 else . end) | implode;
def files: "\(.) file\(if . == 1 then "" else "s" end)";
'

load() { # NAME COUNT: a table of this script from standard input, one JSON value a line
  jq -c . >"$WORK/$1" || give_up "This script is incomplete: the table $1 can't be read."
  [[ $(wc -l <"$WORK/$1") -eq $2 ]] || give_up "This script is incomplete: the table $1 does not have all of its $2 lines."
}

# request METHOD PATH SECONDS [FILE]: sends the JSON in FILE; the answer is in $WORK/answer. Sets status (000: no answer, or a
# success that can't be read), answered (what was answered, readable or not), and said: only JSON with an errcode is a word of the
# homeserver; a 404 or 401 without one is a proxy's, and says nothing about what was asked for.
request() {
  local url=$HOMESERVER$2 seconds=$3 body=${4:-} busy=0 code wait
  at_mas=''
  # Matrix Authentication Service has its Admin API elsewhere.
  if [[ $2 == mas:* ]]; then at_mas=1 url=$MAS${2#mas:}; fi
  method=$1
  set -- --request "$1"
  if [[ -n $body ]]; then set -- "$@" --header 'Content-Type: application/json' --data-binary "@$body"; fi
  while :; do
    : >"$WORK/answer"
    code=0
    status=$(printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" |
      curl --disable --config - --silent --show-error --globoff --path-as-is --connect-timeout 30 \
        --max-time "$seconds" --output "$WORK/answer" --write-out '%{http_code}' "$@" --url "$url" \
        2>"$WORK/curl") || code=$?
    [[ $code -eq 0 ]] || status=000
    answered=$status said=''
    if [[ -n $(errcode) ]]; then said=1; fi
    case $said:$status in
    1:401)
      code='The homeserver'
      if [[ -n $at_mas ]]; then code=MAS; fi
      finish 3 "$code does not accept the access token: $(server_words)"
      ;;
    1:403)
      if [[ $(jq -r '.error? // ""' "$WORK/answer" 2>/dev/null) == 'You are not a server admin' ]]; then
        finish 3 "The homeserver says: $(server_words)"
      fi
      ;;
    *:429)
      busy=$((busy + 1))
      [[ $busy -lt 20 ]] || return 0
      # The time it asks for may be missing, negative or absurd: half a second at least, five minutes at most.
      wait=$(jq -r --argjson busy "$busy" '(try .retry_after_ms catch null) as $said
        | (if ($said | type) == "number" and $said > 0 then $said else 500 * pow(2; $busy - 1) end)
        | if . < 500 then 500 elif . > 300000 then 300000 else . end | . / 1000' "$WORK/answer" 2>/dev/null) || wait=''
      printf 'The homeserver asks to slow down: waiting %s s.\n' "${wait:-$busy}"
      sleep "${wait:-$busy}"
      continue
      ;;
    *:2??)
      # A success that can't be read is none.
      jq -e 'type == "object"' "$WORK/answer" >/dev/null 2>&1 || status=000
      ;;
    esac
    if [[ $method != GET && $(sort_of) == again ]]; then late=1; fi
    return 0
  done
}

# The server's own words about the last request.
server_words() {
  local text
  if [[ $answered == 000 ]]; then
    text=$(head -c 300 "$WORK/curl" | tr -c '[:print:]' ' ')
    printf 'No answer could be read. %s' "$(without_token "$text")"
  elif [[ -n $said ]]; then
    text=$(jq -r "$PLAIN"'"\(.error // ([.errors[]?.title? | strings] | if . == [] then "refused" else join(": ") end) | tostring | .[:5000]) (\($status) \(.errcode // "MAS"))" | plain' --arg status "$answered" "$WORK/answer")
    without_token "$text" | jq -Rrs '.[:500]'
  else
    text=$(without_token "$(head -c 20000 "$WORK/answer" | tr -d '\000')")
    # Once more: what stood between two pieces of the token is gone only after this.
    text=$(printf '%s' "$text" | sed -e 's/<[^>]*>/ /g' | tr -cs '[:graph:]' ' ')
    text=$(without_token "$text")
    case $answered in
    2??) printf 'Something in front of the homeserver answered %s with a page that is not from Synapse: %s' "$answered" "${text:0:160}" ;;
    *) printf 'Something in front of the homeserver, not Synapse, answered %s: %s' "$answered" "${text:0:160}" ;;
    esac
  fi
}

# A proxy may show what was sent: its words, and values of an answer, are shown without the token, whole or cut short. It is known
# percent-encoded, as HTML, with the escapes of JSON, in base64 at each place where it may begin, in hex, and broken by tags and
# line ends. jq reads token and text, since what is an argument is shown by ps.
FORMS='def hex: "0123456789abcdef" as $d | (. / 16 | floor) as $high | (. % 16) as $low | $d[$high:$high + 1] + $d[$low:$low + 1];
def gap: "(?:[\\s\u00ad\u200b-\u200d\u2060]|\\\\+[nrt]|<[^<>]*>|&lt;[^<>&]*&gt;|&(?:amp;)*(?:nbsp|shy|#0*(?:9|1[03]|32|160|173|8203)|#x0*(?:9|a|d|20|a0|ad|200b));)*";
def spelling: ([.] | implode) as $c | ([., ($c | ascii_downcase | explode[0]), ($c | ascii_upcase | explode[0])] | unique) as $cases
  | ($cases | map(hex) | join("|")) as $hexes | ($cases | map(tostring) | join("|")) as $points
  | "(?:\(if ($c | test("[a-z0-9]"; "i")) then $c else "\\\\*[\($c)]" end)|\\\\+(?:u[{]?0*|x)(?:\($hexes))[}]?|%(?:25)*(?:u00)?(?:\($hexes))|&(?:amp;)*#(?:0*(?:\($points))|x0*(?:\($hexes)));?\(
    {"_": "lowbar|UnderBar", "+": "plus", "/": "sol", "=": "equals", ".": "period", ":": "colon"}[$c] | if . then "|&(?:amp;)*(?:\(.));" else "" end))";
def base64_at($before): ("xx"[:$before] + .) | .[:length - length % 3] | @base64 | .[if $before > 0 then $before + 1 else 0 end:] | explode
  | map([.] | implode | {"+": "(?:[+-]|%2b)", "/": "(?:\\\\*/|_|%2f)"}[.] // .);
def beginning: .[:12] as $first | .[12:76] as $rest
  | reduce range(($rest | length) / 4 | floor; 0; -1) as $piece (""; "(?:\(gap)\($rest[$piece * 4 - 4:$piece * 4] | join(gap))\(.))?") | ($first | join(gap)) + .;
(index("\n")) as $line | .[:$line] as $token | .[$line + 1:] as $text
| if ($token | length) < 16 then $text else
    [($token | explode | map(spelling)), ($token | base64_at(0), base64_at(1), base64_at(2)),
      ($token | explode | map("(?:[:,-]|\\\\+x|0x)*\(hex)"))] as $forms
    | if $text | test($forms | map(.[:5] | join(gap)) | join("|"); "i") then
        $text | gsub($forms | map(join(gap)) | join("|"); "[access token]"; "gi")
        | gsub("(?:\($forms | map(beginning) | join("|")))[^\\s\"\u0027<>,]*"; "[access token]"; "gi")
      else $text end
  end
'
without_token() { # TEXT
  [[ -n $1 ]] || return 0
  printf '%s\n%s' "$TOKEN" "$1" | jq -Rjs "$FORMS" 2>/dev/null || printf '%s' '(The answer is left out, because this jq can not tell whether the access token is in it.)'
}

# MAS has no codes, but a list of errors.
errcode() {
  if [[ -n $at_mas ]]; then
    jq -r 'if any(.errors[]?; .title? | type == "string") then "MAS" else empty end' "$WORK/answer" 2>/dev/null || true
  else
    jq -r '.errcode? | strings' "$WORK/answer" 2>/dev/null || true
  fi
}

# 404 M_UNRECOGNIZED: no such endpoint here. Any other 404 of the homeserver: no such thing.
is_gone() { [[ -n $said && $status == 404 && $(errcode) != M_UNRECOGNIZED ]]; }

# Of the last answer: again where nobody knows whether it happened. What is too large for a proxy, or comes too often for it, is
# not passed on.
sort_of() {
  case $said:$status in
  *:000 | *:5??) printf again ;;
  *:2??) printf success ;;
  1:* | :413 | :429) printf failed ;;
  *) printf again ;;
  esac
}

# What an answer that is no success makes of the item.
refused() {
  reason=$(server_words)
  outcome=$(sort_of)
  [[ $outcome != success ]] || outcome=again
}

# An answer in JSON that is not what Synapse sends here, as a portal's {"status":"ok"}: to a look, and to a change.
unreadable() { outcome=failed reason='The answer is not in a form that this script knows.'; }
unclear() { outcome=again reason="The answer ($status) is not what Synapse sends here."; }

# Any failure among the first items, or more than 5 % later, is a reason to stop and let somebody look.
alone=3 tried=0 bad=0
guard() {
  [[ $outcome == skipped ]] || tried=$((tried + 1))
  alone=$((alone - 1))
  case $outcome in done | skipped) return 0 ;; esac
  bad=$((bad + 1))
  [[ -z ${GLIA_GO_ON:-} ]] || return 0
  if [[ $alone -ge 0 ]]; then
    finish 4 'One of the first items did not succeed. Find out why, or set GLIA_GO_ON=1 to continue anyway.'
  elif [[ $tried -ge 20 && $((bad * 20)) -gt $tried ]]; then
    finish 4 'More than 5% of the items did not succeed. Find out why, or set GLIA_GO_ON=1 to continue anyway.'
  fi
}

run() {
  local line
  printf '%s\nOn %s, as %s.\n\n' "$TITLE" "$HOMESERVER" "$ADMIN"
  status=000
  # r0: every Synapse has it, v3 only those from 1.48 on.
  request GET /_matrix/client/r0/account/whoami 60
  [[ $status == 200 ]] || give_up "Could not read whose access token this is: $(server_words)"
  jq -e '.user_id | type == "string"' "$WORK/answer" >/dev/null || give_up 'Could not read whose access token this is: the answer is not what Synapse sends here.'
  [[ $(jq -r .user_id "$WORK/answer") == "$ADMIN" ]] || give_up "This access token does not belong to $ADMIN, who made this plan."
  while IFS= read -r line <&3; do
    try=1 sent='' label='' outcome='' reason='' late='' told=''
    while :; do
      attempt "$line" </dev/null
      [[ $outcome == again ]] || break
      # A success that is not what Synapse sends here.
      if [[ $method != GET ]]; then late=1; fi
      if [[ -z $REPEATABLE || $try -ge 4 ]]; then
        outcome=unknown
        break
      fi
      sleep "$((1 << (try - 1)))"
      try=$((try + 1))
    done
    # Whatever it is now: the change that was sent may still come. Only what an answer says is done.
    case $late:$told:$outcome in
    1::skipped | 1::failed)
      reason="${reason:+$reason }($LATE)"
      late_count=$((late_count + 1))
      ;;
    esac
    late=''
    ended=$((ended + 1))
    case $outcome in
    done) done_count=$((done_count + 1)) ;;
    skipped) skipped_count=$((skipped_count + 1)) ;;
    failed) failed_count=$((failed_count + 1)) ;;
    unknown) unknown_count=$((unknown_count + 1)) ;;
    esac
    printf '[%s/%s] %-7s %s%s\n' "$ended" "$COUNT" "$outcome" "$label" "$(without_token "${reason:+: $reason}")"
    guard
  done 3<"$WORK/items"
  if [[ $((failed_count + unknown_count + late_count)) -eq 0 ]]; then finish 0 'Finished.'; fi
  finish 1 'Finished, but not everything succeeded. The reasons are above. Running this again is harmless.'
}
