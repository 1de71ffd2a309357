# DELETE spares nothing: neither what was opened a moment ago nor protected or quarantined files. So each file is looked at
# just before, where the server can tell about one file (Synapse 1.140). Looking is not opening.

prepare() {
  jq -r "$PLAIN"'"\(@uri)\t\(plain)\t\(tojson)"' "$WORK/ITEMS" >"$WORK/items"
  SERVER=$(jq -nr --arg name "$SERVER_NAME" '$name | @uri')
}

gone() {
  if [[ -n $sent ]]; then
    told=1 outcome=skipped reason='Already gone when it was looked at: deleted by this job or by someone else.'
  else
    outcome=skipped reason='Already gone when its turn came.'
  fi
}

# Sets outcome where the file is to be left alone.
look() { # PATH
  request GET "$1" 60
  if is_gone; then
    gone
  elif [[ ($status == 404 || $status == 405) && $(errcode) == M_UNRECOGNIZED ]]; then
    # A worker that does not route this path, or an older server: then without a look.
    CAN_LOOK=''
  elif [[ $status != 200 ]]; then
    refused
  else
    reason=$(jq -r --argjson before "$BEFORE_TS" --argjson larger "$LARGER_THAN" --arg by "$RULE_BY" '.media_info
      | if (.created_ts | type) == "number" then . else error("unknown form") end
      | (if $by == "uploaded-before" then .created_ts else .last_access_ts // .created_ts end) as $date
      | if $date >= $before then "Opened since the plan was made."
        elif .media_length == null then "Its upload is not finished."
        elif .media_length <= $larger then "Not as large as the plan said."
        elif .quarantined_by != null then "Quarantined since the plan was made."
        elif .safe_from_quarantine == true or .safe_from_quarantine == 1 then "Protected from quarantine since the plan was made."
        elif .url_cache != null then "The preview of a link: Synapse clears those itself."
        else "" end' "$WORK/answer" 2>/dev/null) || {
      unreadable
      return 0
    }
    [[ -z $reason ]] || outcome=skipped
  fi
}

attempt() {
  local rest=${1#*$TAB}
  local path=/_synapse/admin/v1/media/$SERVER/${1%%$TAB*}
  label=${rest%%$TAB*} outcome=''
  if [[ -n $CAN_LOOK ]]; then look "$path"; fi
  [[ -z $outcome ]] || return 0
  request DELETE "$path" 60
  if [[ $status == 200 ]]; then
    printf '%s\n' "${rest#*$TAB}" >"$WORK/item"
    if jq -e --slurpfile item "$WORK/item" '.deleted_media | index($item[0]) != null' "$WORK/answer" >/dev/null 2>&1; then
      outcome='done'
    elif ! jq -e '.deleted_media | type == "array"' "$WORK/answer" >/dev/null; then
      unclear
      sent=1
    else
      outcome=failed reason='The server answered, but could not remove the file from its disk (0 deleted).'
    fi
  elif is_gone; then
    gone
  else
    refused
    if [[ $outcome == again ]]; then sent=1; fi
  fi
}
