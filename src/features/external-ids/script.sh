# A PUT replaces the whole list of external ids and makes an account where there is none. So each user is looked at just
# before, skipped where the ids are not the planned ones any more, sent only "external_ids", and judged by the answer:
# it holds the user as the database has it afterwards.

prepare() {
  jq -r "$PLAIN"'"\(.[0] | @uri)\t\(.[0] | plain)\t\(tojson)"' "$WORK/ITEMS" >"$WORK/items"
}

IDS='def ids: .external_ids // []; def mine: map(select(.auth_provider == $provider));
def others: map(select(.auth_provider != $provider)); def sorted: map([.auth_provider, .external_id]) | sort;
def words: if length == 0 then "none" else map("\(.auth_provider): \(.external_id)") | join(", ") | plain end;
'

# about_ids FILE PROGRAM: asks the last answer, with FILE as $file.
about_ids() { jq -c -r --arg provider "$PROVIDER" --slurpfile file "$1" "$PLAIN$IDS$2" "$WORK/answer"; }

# Whether what there is now is what was meant: none of the provider, and all that was to be kept.
judge() {
  local verdict
  verdict=$(about_ids "$WORK/body" '(ids | sorted) as $now
    | if (ids | mine) != [] then "failed There is now \(ids | words): a sign-in may have added it again."
      elif (($file[0] | ids | sorted) - $now) != [] then "failed Some of what was to be kept is missing."
      elif $now == [] then "done No external id is left." else "done Left: \(ids | words)." end') || verdict=''
  if [[ -z $verdict ]]; then unreadable; else outcome=${verdict%% *} reason=${verdict#* }; fi
}

made_anew() {
  outcome=failed
  reason="ATTENTION: $label had gone, and this request made a new account of that name (201). Deactivate it."
}

# No 201 was read: somebody else may have made it.
is_another() {
  outcome=failed
  reason="ATTENTION: $label is not the account that it was just before: a request of this script may have made a new one of that name. Look at it before you change anything."
}

# What came of a request without an answer, by a look: whether it was ours nobody knows.
judge_late() { # CREATION-TIME
  told=1
  if [[ $1 != "$sent" ]]; then
    is_another
    return
  fi
  judge
  reason="Gone when looked at: removed by this script or by someone else. $reason"
  if [[ $outcome == 'done' ]]; then outcome=skipped; fi
}

attempt() {
  local path=/_synapse/admin/v2/users/${1%%$TAB*} rest=${1#*$TAB} verdict born
  label=${rest%%$TAB*}
  printf '%s\n' "${rest#*$TAB}" >"$WORK/item"
  request GET "$path" 60
  if [[ $status != 200 ]]; then
    refused
    return
  fi
  verdict=$(about_ids "$WORK/item" 'if .name == $file[0][0] and (.external_ids | type) == "array" then . else empty end
    | (ids | mine) as $found | ($file[0][1:] | map([$provider, .]) | sort) as $planned
    | if $found == [] then "gone" elif ($found | sorted) == $planned then "change"
      elif ($planned - ($found | sorted)) != [] then "less Changed since the plan: it now has \($found | words)."
      else "skipped Changed since the plan: it now has \($found | words)." end') || verdict=''
  born=$(jq -c '.creation_ts' "$WORK/answer") || born=''
  case $verdict in
  '') unreadable ;;
  gone)
    if [[ -z $sent ]]; then
      outcome=skipped reason='Changed since the plan: the ids are gone already.'
    else
      judge_late "$born"
    fi
    ;;
  less*)
    outcome=skipped reason=${verdict#* }
    if [[ -n $sent ]]; then judge_late "$born"; fi
    ;;
  skipped*) outcome=skipped reason=${verdict#* } ;;
  change)
    about_ids "$WORK/item" '{external_ids: (ids | others | map({auth_provider, external_id}))}' >"$WORK/body"
    sent=$born
    request PUT "$path" 60 "$WORK/body"
    if [[ $status == 20[01] ]] && ! about_ids "$WORK/item" 'if .name == $file[0][0] then 1 else error("another user") end' >/dev/null 2>&1; then
      unclear
      return
    fi
    case $status in
    201) made_anew ;;
    200)
      verdict=$(jq -c 'if (.external_ids | type) == "array" then .creation_ts else empty end' "$WORK/answer") || verdict=''
      if [[ -z $verdict ]]; then
        outcome=again reason='Answered with 200, but not with the user as it is now.'
      elif [[ $verdict == "$born" ]]; then judge; else is_another; fi
      ;;
    *) refused ;;
    esac
    ;;
  esac
}
