# Only the planned pairs, room by room. A user is looked at again before the join, and so are the room's members: deactivated
# ones would be joined without complaint, and a second join would overwrite a member's name in a public room.

# How long such a look is good for, in seconds.
FRESH=60
declare -a rooms users closed members_at user_at user_is

prepare() {
  local line
  while IFS= read -r line; do rooms+=("$line"); done < <(
    jq -r "$PLAIN"'"\(.[0] | @uri)\t\(.[0] | plain)\t\(if .[1] then 1 else 0 end)\t\(if .[2] then 1 else 0 end)\t\(if .[3] then 1 else 0 end)\t\(.[4] | map("server_name=\(@uri)") | join("&"))\t\(.[0] | tojson)"' "$WORK/ROOMS"
  )
  while IFS= read -r line; do users+=("$line"); done < <(
    jq -r "$PLAIN"'"\(@uri)\t\(plain)\t\(tojson)"' "$WORK/USERS"
  )
  jq -r 'join(" ")' "$WORK/ITEMS" >"$WORK/items"
}

# field NUMBER LINE: that field, from 1; an empty one stays one.
field() {
  local rest=$2 left=$1
  while [[ $left -gt 1 ]]; do rest=${rest#*$TAB} left=$((left - 1)); done
  printf '%s' "${rest%%$TAB*}"
}

# Whether the admin may invite: looked at, since the answers don't name it. Sets outcome where not, or where nobody can tell.
look_at_me() { # ROOM
  local room=$1 url kind
  url=$(field 1 "$room")
  outcome=''
  : >"$WORK/state"
  for kind in joined_rooms m.room.power_levels m.room.create; do
    if [[ $kind == joined_rooms ]]; then
      request GET "/_synapse/admin/v1/users/$(jq -nr --arg me "$ADMIN" '$me | @uri')/joined_rooms" 60
    else
      request GET "/_synapse/admin/v1/rooms/$url/state?type=$kind" 60
    fi
    if [[ $status != 200 ]]; then
      refused
      reason="You were made an admin of the room, but whether you are one could not be read: $reason"
      return
    fi
    jq -c . "$WORK/answer" >>"$WORK/state"
  done
  # From version 12 on creators stand above every level.
  reason=$(jq -rs --arg me "$ADMIN" --argjson room "$(field 7 "$room")" '
    def level($otherwise): if type == "string" then tonumber? // $otherwise elif type == "number" then . else $otherwise end;
    (.[0].joined_rooms | index($room) != null) as $in
    | ([.[1].state[] | select(.type == "m.room.power_levels")][0].content // {}) as $levels
    | ([.[2].state[] | select(.type == "m.room.create")][0] // error("no create event")) as $create
    | (($create.content.room_version | level(0)) >= 12
      and ([$create.sender] + ($create.content.additional_creators // []) | index($me) != null)) as $above
    | ($levels.users[$me]? | level($levels.users_default | level(0))) as $power
    | ($levels.invite | level(0)) as $takes
    | if $in and ($above or $power >= $takes) then ""
      else "The answer was a success, but you have \(if $above then "the power of a creator" else "power \($power)" end) in the room and are \(
        if $in then "" else "not " end)in it; to invite there takes \($takes)." end' "$WORK/state" 2>/dev/null) || {
    unreadable
    return
  }
  [[ -z $reason ]] || outcome=failed
}

make_admin() { # ROOM-INDEX
  local room=${rooms[$1]} url words='You may invite now.'
  url=$(field 1 "$room")
  label="make me admin of $(field 2 "$room")"
  # Where this does not work, the room's joins would only fail one by one.
  closed[$1]='You were not made an admin of the room, so nobody could be invited.'
  jq -nc --arg user "$ADMIN" '{user_id: $user}' >"$WORK/body"
  request POST "/_synapse/admin/v1/rooms/$url/make_room_admin" 60 "$WORK/body"
  if [[ $status != 200 ]]; then
    refused
    return
  fi
  if ! jq -e '. == {}' "$WORK/answer" >/dev/null; then
    unclear
    return
  fi
  if [[ $(field 5 "$room") == 0 ]]; then
    # It invites who is not in the room yet; the join is the invited one's own.
    printf '{}\n' >"$WORK/body"
    request POST "/_matrix/client/r0/join/$url" 300 "$WORK/body"
    if [[ $status != 200 ]]; then
      refused
      return
    fi
    if [[ $(jq -c .room_id "$WORK/answer") != "$(field 7 "$room")" ]]; then
      unclear
      return
    fi
    words='You joined, and may invite now.'
  fi
  look_at_me "$room"
  [[ -z $outcome ]] || return 0
  outcome='done' reason=$words
  closed[$1]=''
}

# Why this user may not be joined any more. The plan said yes, but that was a while ago. Sets outcome where there is a reason.
look_again() { # ROOM-INDEX USER-INDEX
  local room=${rooms[$1]} user=${users[$2]}
  if [[ -z ${user_at[$2]:-} || $((SECONDS - ${user_at[$2]:-0})) -ge $FRESH ]]; then
    request GET "/_synapse/admin/v2/users/$(field 1 "$user")" 60
    if [[ $status != 200 ]]; then
      refused
      return
    fi
    if [[ $(jq -c .name "$WORK/answer") != "$(field 3 "$user")" ]]; then
      unreadable
      return
    fi
    user_is[$2]=$(jq -r 'if .deactivated == true then "Deactivated since the plan was made."
      elif .locked == true then "Locked since the plan was made."
      elif .suspended == true then "This user is suspended: the homeserver would refuse the join." else "" end' "$WORK/answer")
    user_at[$2]=$SECONDS
  fi
  if [[ -n ${user_is[$2]} ]]; then
    outcome=skipped reason=${user_is[$2]}
    return
  fi
  [[ $(field 3 "$room") == 1 ]] || return 0
  if [[ -z ${members_at[$1]:-} || $((SECONDS - ${members_at[$1]:-0})) -ge $FRESH ]]; then
    request GET "/_synapse/admin/v1/rooms/$(field 1 "$room")/members" 300
    if [[ $status != 200 ]]; then
      refused
      return
    fi
    if ! jq -c '.members[]' "$WORK/answer" >"$WORK/members.$1" 2>/dev/null; then
      unreadable
      return
    fi
    members_at[$1]=$SECONDS
  fi
  if grep -Fxq -e "$(field 3 "$user")" "$WORK/members.$1"; then
    outcome=skipped reason='Already in the room: joined by someone else since the plan.'
  fi
}

ALREADY_IN='Already in the room: joined by an earlier request of this script or by someone else.'

# Sets came_in where a join of the user is newer than the request that was sent at the second BEGAN: who is in a public room
# already is joined again with the same answer, and no event. SINCE is where the room's timeline ended before.
look_who_came() { # ROOM USER SINCE BEGAN
  local user=$2 filter where passed
  came_in=''
  filter=$(printf '%s' "$(field 3 "$user")" | jq -r '{types: ["m.room.member"], senders: [.]} | tojson | @uri')
  where="dir=b&limit=1"
  if [[ -n $3 ]]; then where="dir=f&limit=20&from=$3"; fi
  request GET "/_synapse/admin/v1/rooms/$(field 1 "$1")/messages?$where&filter=$filter" 60
  [[ $status == 200 ]] || return 0
  # Whole seconds: one more is not too many.
  passed=$(((SECONDS - $4 + 1) * 1000))
  if jq -e --argjson user "$(field 3 "$user")" --argjson passed "$passed" '[(.chunk // [])[]
    | select(.state_key == $user and .content.membership == "join")
    | (.unsigned // {}) as $was
    | select(if $was.prev_content.membership == null then ($was | has("replaces_state") | not) else $was.prev_content.membership != "join" end)
    | select(($was.age | type) == "number" and $was.age <= $passed)] | length == 1' "$WORK/answer" >/dev/null 2>&1; then
    came_in=1
  fi
}

attempt() {
  local room user query since began came_in
  # "room" alone: make me its admin. "room user": a join.
  if [[ $1 != *' '* ]]; then
    make_admin "$1"
    return
  fi
  local at=${1% *} who=${1#* }
  room=${rooms[$at]} user=${users[$who]}
  label="$(field 2 "$user") to $(field 2 "$room")"
  if [[ -n ${closed[$at]:-} ]]; then
    outcome=failed reason=${closed[$at]}
    return
  fi
  outcome=''
  # After an unanswered try the member may be in because of us: the answer to the next one tells.
  local again=$sent
  if [[ -z $again ]]; then look_again "$at" "$who"; fi
  [[ -z $outcome ]] || return 0
  since=''
  if [[ $(field 3 "$room") == 1 ]]; then
    request GET "/_synapse/admin/v1/rooms/$(field 1 "$room")/messages?dir=b&limit=0" 60
    if [[ $status == 200 ]]; then
      since=$(jq -r '.start | strings | @uri' "$WORK/answer")
    elif [[ -n $said ]]; then
      since=-
    else
      refused
      return
    fi
  fi
  sent=1
  began=$SECONDS
  query=$(field 6 "$room")
  printf '{"user_id":%s}\n' "$(field 3 "$user")" >"$WORK/body"
  request POST "/_synapse/admin/v1/join/$(field 1 "$room")${query:+?$query}" 300 "$WORK/body"
  if [[ $status == 200 ]]; then
    if [[ $(jq -c .room_id "$WORK/answer") == "$(field 7 "$room")" ]]; then
      if [[ $since != - ]]; then look_who_came "$room" "$user" "$since" "$began"; fi
      outcome=skipped reason=$ALREADY_IN told=1
      if [[ -n ${came_in:-} ]]; then outcome='done' reason=''; fi
    else
      unclear
    fi
    return
  fi
  refused
  [[ $status == 403 ]] || return 0
  # No errcode of its own: told by its words.
  if [[ $(errcode) == M_FORBIDDEN && $(jq -r '.error' "$WORK/answer") == *'is already in the room.' ]]; then
    outcome=skipped reason=$ALREADY_IN told=1
  elif [[ $(errcode) == M_USER_SUSPENDED && $(field 4 "$room") == 0 ]]; then
    # The invitation goes out before the join is refused.
    reason="$reason. Your invitation was sent before that, and remains."
  fi
}
