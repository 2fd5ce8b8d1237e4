# The library's models as a page: docs/generate-reference.sh runs it over dialects/Neuro/Library/Models/*.mlir.

# The text behind a keyword and a quote, up to the closing quote; \22 is a quote and \n a line's end.
function quoted(line, keyword,   at) {
  at = index(line, keyword " \"")
  if (!at) return ""
  line = substr(line, at + length(keyword) + 2)
  gsub(/\\22/, "\001", line)
  sub(/".*/, "", line)
  gsub("\001", "\"", line)
  gsub(/\\n|\\0A/, "\n", line)
  return line
}

function row(kind, line,   name, value, unit, words) {
  name = quoted(line, kind)
  sub(/^  %[^ ]+ = /, "", line)
  sub(/ doc ".*/, "", line)
  value = unit = ""
  sub(/ positive$/, "", line)
  if (match(line, / (= |from )/)) {
    split(substr(line, RSTART + RLENGTH), words, " ")
    value = words[1]
    sub(/^%/, "", value)
    unit = words[2]
  } else if (match(line, /" [^ ]+$/)) {
    unit = substr(line, RSTART + 2)
  }
  gsub(/"/, "", unit)
  rows = rows sprintf("| %s | `%s` | %s | %s | %s |\n", kind, name, value, unit, quoted($0, "doc"))
}

function finish() {
  if (rows != "")
    printf "\n| | name | value at first | unit | meaning |\n|---|---|---|---|---|\n%s", rows
  rows = ""
}

/^neuro\.model / {
  finish()
  text = quoted($0, "doc")
  title = text
  sub(/\n.*/, "", title)
  sub(/^[^\n]*\n*/, "", text)
  name = $2
  sub(/^@/, "", name)
  method = match($0, / method [a-z0-9_]+/) ? substr($0, RSTART + 8, RLENGTH - 8) : ""
  printf "\n## %s\n\n%s%s.\n\n```text\n%s\n```\n", name, toupper(substr(title, 1, 1)), substr(title, 2), text
  if (method != "")
    printf "\nMethod: `%s`.\n", method
}
/^  %[^ ]+ = parameter / { row("parameter", $0) }
/^  %[^ ]+ = state / { row("state", $0) }
/^  %[^ ]+ = input / { row("input", $0) }
END { finish() }
