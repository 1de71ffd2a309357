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
    | if (ids | mine) != [] then "failed Removed, but there is now \(ids | words): a sign-in may have added it again."
      elif (($file[0] | ids | sorted) - $now) != [] then "failed Some of what was to be kept is missing."
      elif $now == [] then "done No external id is left." else "done Left: \(ids | words)." end') || verdict=''
  if [[ -z $verdict ]]; then unreadable; else outcome=${verdict%% *} reason=${verdict#* }; fi
}

made_anew() {
  outcome=failed
  reason="ATTENTION: $label had gone, and this request made a new account of that name (201). Deactivate it."
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
      else "skipped Changed since the plan: it now has \($found | words)." end') || verdict=''
  born=$(jq -c '.creation_ts' "$WORK/answer") || born=''
  case $verdict in
  '') unreadable ;;
  gone)
    if [[ -z $sent ]]; then
      outcome=skipped reason='Changed since the plan: the ids are gone already.'
    elif [[ $born == "$sent" ]]; then
      judge
    else
      # The answer that was lost may have been a 201.
      made_anew
    fi
    ;;
  skipped*) outcome=skipped reason=${verdict#* } ;;
  change)
    about_ids "$WORK/item" '{external_ids: (ids | others | map({auth_provider, external_id}))}' >"$WORK/body"
    sent=$born
    request PUT "$path" 60 "$WORK/body"
    case $status in
    201) made_anew ;;
    200)
      verdict=$(jq -c 'if (.external_ids | type) == "array" then .creation_ts else empty end' "$WORK/answer") || verdict=''
      if [[ -z $verdict ]]; then
        outcome=again reason='Answered with 200, but not with the user as it is now.'
      elif [[ $verdict == "$born" ]]; then judge; else made_anew; fi
      ;;
    *) refused ;;
    esac
    ;;
  esac
}
