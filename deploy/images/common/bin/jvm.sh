# SPDX-License-Identifier: Apache-2.0
#
# Read by the scripts beside it, for bash: how the JVM is started in a container.

java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# How many cores the container may use, rounded up; its cgroup is below the directory given. nproc
# does not see quotas, and to ask Java takes as long as a start.
cores() {
  local root=$1 quota=max period=100000
  if [ -r "$root/cpu.max" ]; then
    read -r quota period < "$root/cpu.max"
  elif [ -r "$root/cpu/cpu.cfs_quota_us" ]; then
    read -r quota < "$root/cpu/cpu.cfs_quota_us"
    read -r period < "$root/cpu/cpu.cfs_period_us"
  fi
  local all
  all=$(nproc)
  if [ "$quota" = max ] || [ "$quota" -le 0 ]; then
    echo "$all"
  else
    local limited=$(((quota + period - 1) / period))
    echo $((limited < all ? limited : all))
  fi
}

# Sets jvm_options for the program whose files are in the directory given.
choose_jvm_options() {
  local home=$1
  jvm_options=(
    # Half of the container's memory. Classes, threads, network buffers and what libraries keep
    # outside of the heap share the rest.
    -XX:InitialRAMPercentage=25
    -XX:MaxRAMPercentage=50
    # Better a restart than a process that only seems to live.
    -XX:+ExitOnOutOfMemoryError
    # The root directory is read only, and nobody attaches by this file.
    -XX:-UsePerfData
  )
  # Leaves the most to the work where there are few cores; with more, Java's own choice is better.
  if [ "$(cores /sys/fs/cgroup)" -le 2 ]; then
    jvm_options+=(-XX:+UseSerialGC)
  fi
  if [ -f "$home/prepared/options" ]; then
    mapfile -t -O "${#jvm_options[@]}" jvm_options < "$home/prepared/options"
  fi
}

# Whether something listens there.
listens() {
  (exec 3<> "/dev/tcp/$(bare "$1")/$2") 2> /dev/null
}

# A host without the brackets that an address of IPv6 may have.
bare() {
  local host=${1#[}
  printf '%s' "${host%]}"
}

# A host as HTTP names it: an address of IPv6 in brackets.
named() {
  case $1 in
    *:*) printf '[%s]' "$(bare "$1")" ;;
    *) printf '%s' "$1" ;;
  esac
}

# Whether a GET is answered with 200; prints the last line of any other answer.
answers() {
  local host=$1 port=$2 path=$3 status="" line
  exec 3<> "/dev/tcp/$(bare "$host")/$port" || return 1
  printf 'GET %s HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n\r\n' "$path" "$(named "$host")" >&3
  IFS= read -r -t 2 status <&3
  case $status in
    'HTTP/1.1 200 '* | 'HTTP/1.1 200'$'\r') return 0 ;;
  esac
  while IFS= read -r -t 2 line <&3 || [ -n "$line" ]; do
    status=$line
    line=
  done
  printf '%s\n' "$status"
  return 1
}

# Prints the body of what a GET is answered with.
page() {
  local host=$1 port=$2 path=$3 line
  exec 3<> "/dev/tcp/$(bare "$host")/$port" || return 1
  printf 'GET %s HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n\r\n' "$path" "$(named "$host")" >&3
  while IFS= read -r -t 5 line <&3 && [ "$line" != $'\r' ]; do :; done
  cat <&3
}

# Runs the program once, until the check given succeeds, and keeps its classes as the JVM lays them
# out in memory: later starts take half the time. To be done by the Java that will use them.
prepare() {
  local home=$1 jar=$2 version pid tries
  shift 2
  mkdir -p "$home/prepared"
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1)
  if [ "${version:-0}" -lt 17 ]; then
    echo "holdfast: Java 17 or newer is needed, and this is ${version:-none}" >&2
    return 1
  fi
  local options=()
  # What libraries do anyway, and newer Javas warn of at length.
  if [ "$version" -ge 24 ]; then
    options+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  fi
  "$java" "${options[@]}" -Xlog:disable -XX:ArchiveClassesAtExit="$home/prepared/classes.jsa" -jar "$jar" &
  pid=$!
  for tries in $(seq 600); do
    if "$@" > /dev/null 2>&1; then
      break
    fi
    if ! kill -0 "$pid" 2> /dev/null || [ "$tries" = 600 ]; then
      echo "holdfast: $jar does not come up" >&2
      kill -KILL "$pid" 2> /dev/null
      return 1
    fi
    sleep 0.1
  done
  kill -TERM "$pid"
  wait "$pid"
  if [ ! -s "$home/prepared/classes.jsa" ]; then
    echo "holdfast: the class archive of $jar was not written" >&2
    return 1
  fi
  # A Java that it does not fit leaves it aside.
  options+=("-XX:SharedArchiveFile=$home/prepared/classes.jsa" -Xshare:auto -Xlog:disable -Xlog:all=error:stderr)
  printf '%s\n' "${options[@]}" > "$home/prepared/options"
}
