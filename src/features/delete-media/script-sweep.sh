# Synapse itself deletes by date and size. Each request covers about a month, oldest first, so that no proxy times out. Synapse
# chooses the files again and keeps protected and quarantined ones, so each answer is compared with the plan.

prepare() {
  # Only numbered: each line holds the IDs of many files, so jq reads it from a file of its own.
  local number=0 line
  : >"$WORK/items"
  while IFS= read -r line; do
    number=$((number + 1))
    printf '%s\n' "$line" >"$WORK/slice.$number"
    printf '%s\n' "$number" >>"$WORK/items"
  done <"$WORK/ITEMS"
}

# How many planned files of this request the lists of their owners still have, 1,000 per page. Fails if a list can't be read.
left_over() { # SLICE-FILE
  local owner from path next
  : >"$WORK/listed"
  while IFS= read -r owner; do
    from=0
    while [[ -n $from ]]; do
      path="/_synapse/admin/v1/users/$owner/media?limit=1000&order_by=created_ts&dir=f&from=$from"
      request GET "$path" 60
      [[ $status == 200 ]] || return 1
      jq -c '.media[].media_id' "$WORK/answer" >>"$WORK/listed" || return 1
      next=$(jq -r '.next_token // ""' "$WORK/answer") || return 1
      if [[ $next =~ ^[0-9]+$ && $next -gt $from ]]; then from=$next; else from=''; fi
    done
  done < <(jq -r '.[2] | keys[] | @uri' "$1")
  left=$(jq -s --slurpfile slice "$1" '([$slice[0][2][][]] - ([$slice[0][2][][]] - .)) | length' "$WORK/listed")
}

attempt() {
  local slice=$WORK/slice.$1 before_ts before='-1' left
  before_ts=$(jq -r '.[0]' "$slice")
  label=$(jq -r "$PLAIN"'.[1] | plain' "$slice")
  printf '{}\n' >"$WORK/body"
  request POST "$SWEEP_PATH?before_ts=$before_ts&size_gt=$LARGER_THAN&keep_profiles=$KEEP_PROFILES" 600 "$WORK/body"
  if [[ $status == 200 ]]; then
    if reason=$(jq -r --slurpfile slice "$slice" "$PLAIN"'.deleted_media as $got | [$slice[0][2][][]] as $planned
      | ($planned - $got | length) as $left | ($got - $planned) as $more
      | if $left == 0 and ($more | length) == 0 then "Deleted \($got | length | files), exactly as planned."
        else "Deleted \($got | length | files). Planned, but kept or already gone: \($left). Deleted, but not in the plan: \($more | length)\(if $more == [] then "" else ": " + ($more[:5] | join(", ") | plain) end)."
        end' "$WORK/answer" 2>/dev/null); then
      outcome='done'
      return
    fi
    unclear
  else
    refused
  fi
  [[ $outcome == again ]] || return 0
  # Synapse continues after a proxy timed out, and the next request must not start before it has finished: wait until two looks agree.
  printf 'No answer for %s. Waiting until Synapse has finished.\n' "$label"
  left_over "$slice" || return 0
  while [[ $left -ne 0 && $left -ne $before ]]; do
    before=$left
    sleep "$WAIT_SECONDS"
    left_over "$slice" || return 0
  done
  if [[ $left -eq 0 ]]; then
    outcome=skipped told=1
    reason=$(jq -r "$PLAIN"'"No answer came, but the planned files (\([.[2][][]] | length)) are no longer listed. This job or someone else deleted them."' "$slice")
  fi
}
