/** What every bash script has: calls of the AWS CLI, and questions to it. Runs in bash 3.2, which macOS has. */
export const bashCalls = `export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_CLI_FILE_ENCODING=UTF-8 PYTHONUTF8=1
export AWS_REGION="$region" AWS_DEFAULT_REGION="$region"
umask 077
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mode='' title='' answer='' left=0

say() { printf '%s\\n' "$*"; }
stop() { printf '%s\\n' "$*" >&2; exit 1; }
step() { title=$1; }

# run SERVICE OPERATION REQUEST [MORE]: one call. The request is JSON in a file, so that nothing in it is read as anything else.
run() {
  printf %s "$3" >"$work/request.json"
  aws "$1" "$2" --cli-input-json "file://$work/request.json" "\${@:4}"
}

# look QUERY SERVICE OPERATION REQUEST: the answer in $answer; fails where there is no such thing, stops for anything else.
look() {
  answer=''
  if run "$2" "$3" "$4" --query "$1" --output text >"$work/answer" 2>"$work/error"; then
    answer=$(<"$work/answer")
    if [[ $answer == None ]]; then answer=''; fi
  elif grep -Eq '\\((NoSuchEntity|NoSuchBucket|NoSuchBucketPolicy)\\)' "$work/error"; then
    return 1
  elif ! grep -Fq '(NoSuchTagSet)' "$work/error"; then
    cat "$work/error" >&2
    stop "$title: AWS did not say whether it is there."
  fi
}
`;

/**
 * What the scripts that make a plan are made of: they look at everything first and change nothing if something there is not
 * their own; then they make what is missing.
 */
export const bashFunctions = `${bashCalls}
# belongs tagged QUERY|at PATH SERVICE OPERATION REQUEST: 0 it is of this onboarding, 1 it is not there, 2 it is not ours
belongs() {
  local query=Group.Path expected=$2
  if [[ $1 == tagged ]]; then
    query="$2[?Key=='OnboardingId'].Value | [0]"
    expected=$onboarding
  fi
  look "$query" "$3" "$4" "$5" || return 1
  [[ $answer == "$expected" ]] || return 2
}

# absent …: it is to be made. What is there without our mark stops the script before anything was changed.
absent() {
  local found=0
  belongs "$@" || found=$?
  if [[ $found == 2 ]]; then
    stop "$title: something of that name is there and does not carry OnboardingId=$onboarding. It was not touched, and nothing was made in this run."
  fi
  if [[ $found == 0 && $mode == make ]]; then say "$title: is there"; fi
  [[ $found == 1 && $mode == make ]]
}

# missing QUERY SERVICE OPERATION REQUEST: nothing answers the query yet
missing() {
  [[ $mode == make ]] || return 1
  look "$@" || return 0
  if [[ -n $answer ]]; then say "$title: is there"; fi
  [[ -z $answer ]]
}

# ours …: it is of this onboarding, so it may be taken back
ours() {
  local found=0
  belongs "$@" || found=$?
  if [[ $found == 1 ]]; then say "$title: is gone"; fi
  if [[ $found == 2 ]]; then say "$title: does not carry OnboardingId=$onboarding and stays"; fi
  [[ $found == 0 ]]
}

# call SERVICE OPERATION REQUEST [OPTION DOCUMENT]: makes or takes back
call() {
  [[ $mode != look ]] || return 0
  local try more=()
  if (($# > 3)); then
    printf %s "$5" >"$work/document.json"
    more=("$4" "file://$work/document.json")
  fi
  for try in 1 2 3 4 5 6 7 8 9 10 11 12; do
    if run "$1" "$2" "$3" --output json \${more[@]+"\${more[@]}"} >/dev/null 2>"$work/error"; then
      say "$title: $2"
      return 0
    fi
    # A role that was just made is not known everywhere at once.
    if ((try == 12)) || ! grep -Fiq 'invalid principal' "$work/error"; then break; fi
    sleep 5
  done
  if [[ $mode == undo ]] && grep -Eq '\\((NoSuch[A-Za-z]*)\\)' "$work/error"; then return 0; fi
  cat "$work/error" >&2
  if [[ $mode == undo ]]; then
    left=1
    say "$title: stays, see above"
  else
    stop "$title: was not made. Run this again to go on, or with --undo to take back what was made."
  fi
}
`;

/** For plans in which several things hang on one: keys of a user, versions of a policy. */
export const bashEach = `
# each QUERY OPERATION OPTION SERVICE LIST REQUEST: removes one by one what the list has
each() {
  local one
  look "$1" "$4" "$5" "$6" || return 0
  for one in $answer; do
    if run "$4" "$2" "$6" "$3" "$one" >/dev/null 2>"$work/error"; then
      say "$title: $2 $one"
    else
      cat "$work/error" >&2
      left=1
    fi
  done
}
`;

/** For plans with an access key. Its secret is in AWS's answer once, and in no other place. */
export const bashKey = `
# new_key REQUEST: the secret goes into a file that only you can read, never to the terminal
new_key() {
  (set -o noclobber; : >"$key_file") 2>/dev/null || stop "$title: $key_file is there already. Name another one in KEY_FILE."
  if ! run iam create-access-key "$1" --output json >"$key_file" 2>"$work/error"; then
    rm -f -- "$key_file"
    cat "$work/error" >&2
    stop "$title: was not made. Run this again to go on."
  fi
  say "$title: is in $key_file with its secret. Put it where it belongs, then delete the file."
}
`;

/** For plans that write the policy of a bucket which they did not make. */
export const bashBucketPolicy = `
# the policy that a bucket has, without blanks, in $answer
bucket_policy() {
  look Policy s3api get-bucket-policy "$1" || return 1
  answer=$(printf %s "$answer" | tr -d '[:space:]')
}

# put_policy BUCKET DOCUMENT: where there is none. Another one is not overwritten.
put_policy() {
  if ! bucket_policy "$1"; then
    call s3api put-bucket-policy "$1" --policy "$2"
  elif [[ $answer != "$(printf %s "$2" | tr -d '[:space:]')" ]]; then
    stop "$title: the bucket has another policy, which was not touched. Add these statements to it by hand, then run this again:
$2"
  elif [[ $mode == make ]]; then
    say "$title: is there"
  fi
}

# take_policy BUCKET DOCUMENT: only if it is still the one that was put
take_policy() {
  if ! bucket_policy "$1"; then
    say "$title: is gone"
  elif [[ $answer == "$(printf %s "$2" | tr -d '[:space:]')" ]]; then
    call s3api delete-bucket-policy "$1"
  else
    say "$title: was changed since and stays"
    left=1
  fi
}
`;
