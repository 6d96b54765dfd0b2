-- For wrk: walks through the paths of a file, one request each, and prints what came of it as one line of JSON.
-- Arguments: file of paths, method, cookie, body. "#" in path or body becomes a number used only once.
local paths, method, cookie, body, turn = {}, "GET", "", "", 0

function init(given)
  for path in io.lines(given[1]) do table.insert(paths, path) end
  method, cookie, body = given[2], given[3], given[4] or ""
  math.randomseed(os.time())
  turn = math.random(1, 900) * 1000000
end

function request()
  turn = turn + 1
  local number, headers = tostring(turn), { Cookie = cookie }
  local path = paths[turn % #paths + 1]:gsub("#", number)
  if body == "" then return wrk.format(method, path, headers) end
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  local text = body:gsub("#", number)
  return wrk.format(method, path, headers, text)
end

function done(all, latency, _)
  local wrong = all.errors
  io.write(string.format('RESULT {"requests": %d, "rps": %.1f, "p50": %.3f, "p95": %.3f, "p99": %.3f, "most": %.3f, "refused": %d, "broken": %d}\n',
    all.requests, all.requests / all.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, wrong.status, wrong.connect + wrong.read + wrong.write + wrong.timeout))
end
