# Each item is read just before it is changed. It is skipped if it is no longer as planned. Otherwise one request is sent, and what
# the homeserver then says decides whether it is done.

BY_SOMEONE='It was already so: done by an earlier request of this script that got no answer, or by someone else.'
NOT_DELETED='The homeserver answered, but did not delete the file. Its disk may have refused.'
CAN_LOOK=1
OTHER='The planned item is gone, and a new one with the same name was created since.'

prepare() {
  jq -r "$PLAIN"'"\(.[6])\t\(.[1])\t\(.[7])\t\(.[0] | plain)\t\(tojson)"' "$WORK/ITEMS" >"$WORK/items"
}

# What an answer about the item says: how it is, in one word and in words, and why it must not be changed. Fails where the answer
# is in no form that is known.
READING='$item[0] as $item | $shape[0] as $shape | . as $answer
| def place($place): (getpath($place.at) as $value | if $value == null and $place.or then getpath($place.or) else $value end)
      as $value
    | if $place.as == "present" then $value != null
      elif $place.as == "absent" then $value == null
      elif $place.as == "boolean" then
        if ($value | type) == "boolean" then $value else error("no boolean") end
      elif $place.as == "flag" then
        if $value == null or $value == false or $value == 0 then false
        elif $value == true or $value == 1 then true else error("no flag") end
      elif $place.as == "list" then
        if ($value | type) != "array" then error("no list")
        else $value | map(. as $one | reduce $place.of[] as $name ({};
          .[$name] = ($one[$name] | if type == "string" then . else error("no text") end))) end
      elif $value == null then null
      elif $place.as == "text" then
        if ($value | type) != "string" then error("no text") elif $value == "" then null else $value end
      elif ($value | type) != "number" then error("no time")
      elif $place.as == "seconds" then $value * 1000 else $value end;
  def state:
    if ($shape.watch.whole | type) != "array" then $shape.watch | map_values(. as $place | $answer | place($place))
    elif $answer == {} then null
    else reduce $shape.watch.whole[] as $name ({};
      .[$name] = ($answer[$name] | if type == "number" then . else error("no number") end)) end;
  def speaks: .from as $from | .upTo as $to | (.where as $where | $answer | place($where))
    | if type == "number" then . >= ($from // -infinite) and . <= ($to // infinite) else . end;
  if $shape.subject != null and getpath($shape.subject) != $item[2] then error("not what was asked about") else . end
| def unordered:
    if type == "array" then map(unordered) | sort elif type == "object" then map_values(unordered) else . end;
  def listed: $shape.list[1] as $of
    | .[$shape.list[0]] | map([.[$of[]]] | join(": ")) | if . == [] then $shape.list[2] else join(", ") end;
state as $now
| (if $shape.list then $now | listed
   else first($words[] | select(.[0] == $now) | .[1]) // ($now | tojson) end) as $said
| (if $shape.identity then place($shape.identity) else null end) as $born
| ([$shape.refuse[] | select(speaks) | .because] | first // "") as $refusal
| (if $item[5] != null and $born != null and $born != $item[5] then "other"
   elif ($now | unordered) == ($item[4] | unordered) then "goal"
   elif ($now | unordered) == ($item[3] | unordered) then "planned" else "changed" end) as $verdict
| "\($verdict)\t\($said | plain)\t\($refusal | plain)"'

verdict='' words='' refusal=''
read_answer() {
  local found
  found=$(jq -r --slurpfile item "$WORK/item" --slurpfile shape "$WORK/SHAPE" --slurpfile words "$WORK/WORDS" \
    "$PLAIN$READING" "$WORK/answer" 2>/dev/null) || return 1
  verdict=${found%%$TAB*} found=${found#*$TAB}
  words=${found%%$TAB*} refusal=${found#*$TAB}
}

goal_words() {
  jq -r --slurpfile words "$WORK/WORDS" "$PLAIN"'.[4] as $goal | first($words[] | select(.[0] == $goal) | .[1]) | plain' \
    "$WORK/item"
}

# Whether the action leads there.
leads_to_nothing() { jq -e '.absent != null' "$WORK/SHAPE" >/dev/null; }

# No 201 was read: somebody else may have made it.
other_after() {
  outcome=failed reason=$OTHER
  if [[ $(jq -r '.[9] | strings' "$WORK/item") == thing ]]; then
    reason="ATTENTION: $label is not the same as just before: a request of this script may have created a new account of that name. Check it before you change anything."
  fi
}

gone_or_refused() {
  if ! is_gone; then
    refused
  elif ! leads_to_nothing; then
    outcome=skipped reason='It does not exist on this homeserver.'
  elif [[ -n $sent ]]; then
    outcome=skipped reason=$BY_SOMEONE told=1
  else
    outcome=skipped reason="Already $(goal_words)."
  fi
}

judge() {
  if ! read_answer; then
    unclear
    return
  fi
  case $verdict in
  other) other_after ;;
  goal) outcome=done reason="Now $words." ;;
  *) outcome=failed reason="The homeserver reported success, but it is $words." ;;
  esac
}

is_success() {
  jq -e --slurpfile item "$WORK/item" '$item[0][9] as $success
    | if $success.has then .[$success.has] | type == "string"
      elif $success.lists then .[$success.lists] | type == "array"
      else . == $success.exactly end' "$WORK/answer" >/dev/null 2>&1
}

# An answer that lists what was deleted, and whether this is among it.
lists() { jq -e '.[9] | type == "object" and has("lists")' "$WORK/item" >/dev/null; }
is_listed() {
  jq -e --slurpfile item "$WORK/item" '$item[0][9] as $success | .[$success.lists] | index($success.name) != null' \
    "$WORK/answer" >/dev/null
}

attempt() {
  local verb look target item body=''
  IFS=$TAB read -r verb look target label item <<<"$1"
  printf '%s\n' "$item" >"$WORK/item"
  if [[ -z $CAN_LOOK ]]; then
    change
    return
  fi
  request GET "$look" 60
  if [[ $status =~ ^40[045]$ && $(errcode) == M_UNRECOGNIZED ]] && jq -e '.blindly' "$WORK/SHAPE" >/dev/null; then
    # An older homeserver, or a worker that does not route this path: then without a look.
    CAN_LOOK=''
    change
    return
  fi
  if [[ $status != 200 ]]; then
    gone_or_refused
    return
  fi
  if ! read_answer; then
    # Nothing is known of a change that was sent before.
    if [[ -n $sent ]]; then unclear; else unreadable; fi
    return
  fi
  outcome=skipped
  case $verdict:$sent in
  other:) reason=$OTHER ;;
  other:*) other_after ;;
  goal:answered) outcome=done reason="Now $words." ;;
  goal:sent) reason=$BY_SOMEONE told=1 ;;
  goal:) reason="Already $words." ;;
  changed:*) reason="Changed since the plan: now $words." ;;
  planned:*)
    if [[ -n $refusal ]]; then
      reason=$refusal
    elif [[ -n $sent && -z $SEND_AGAIN ]]; then
      outcome=unknown reason="A request was sent, and it is still $words: it may still be running. It is not sent again."
    else
      change
    fi
    ;;
  esac
}

# Whether someone else has what the item is to get: the homeserver would take it away without a word.
is_held() {
  local path what holder
  while IFS=$TAB read -r path what; do
    request GET "$path" 60
    if [[ $status == 200 ]]; then
      if ! holder=$(jq -er "$PLAIN"'.user_id | strings | plain' "$WORK/answer" 2>/dev/null); then
        unreadable
        return 0
      fi
      jq -e --slurpfile item "$WORK/item" '.user_id != $item[0][0]' "$WORK/answer" >/dev/null || continue
      outcome=skipped reason="In use by another account: $what belongs to $holder."
      return 0
    elif ! is_gone; then
      refused
      return 0
    fi
  done < <(jq -r "$PLAIN"'.[10][] | "\(.[1])\t\(.[0] | plain)"' "$WORK/item")
  return 1
}

change() {
  local earlier=$sent
  if is_held; then return; fi
  if jq -c '.[8] | values' "$WORK/item" >"$WORK/body" && [[ -s $WORK/body ]]; then body=$WORK/body; fi
  sent=sent
  request "$verb" "$target" "$SECONDS_TO_WAIT" "$body"
  case $status:$(jq -r '.[9] | strings' "$WORK/item") in
  20[01]:thing)
    if ! read_answer; then
      unclear
      return
    fi
    if [[ $status == 200 ]]; then
      judge
      return
    fi
    outcome=failed
    reason="ATTENTION: $label was gone, and this request made a new account of that name (201). Deactivate it."
    ;;
  200:)
    if ! is_success; then
      unclear
      return
    fi
    if lists; then
      if is_listed; then
        outcome=done reason="Now $(goal_words)."
      else
        outcome=failed reason=$NOT_DELETED
      fi
      return
    fi
    sent=answered
    request GET "$look" 60
    if [[ $status == 200 ]]; then judge; else gone_or_refused; fi
    ;;
  *)
    if is_gone; then sent=$earlier; fi
    gone_or_refused
    ;;
  esac
}
