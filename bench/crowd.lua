-- For wrk: a crowd. Each request is somebody's: mostly a page of theirs, one in ten an act. Between two, a connection waits as people do.
-- Arguments: file of users (a line each: cookie, pages, addresses of acts, form; tabs between, spaces within), milliseconds to think.
local users, think, turn = {}, 5000, 0

local function parts(text, mark)
  local found = {}
  for part in (text .. mark):gmatch("(.-)" .. mark) do table.insert(found, part) end
  return found
end

function init(given)
  think = tonumber(given[2])
  for line in io.lines(given[1]) do
    local fields = parts(line, "\t")
    table.insert(users, { cookie = fields[1], reads = parts(fields[2], " "), writes = parts(fields[3], " "), form = fields[4] })
  end
  math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000)
  turn = math.random(1, 900) * 1000000
end

function delay() return math.random(0, 2 * think) end

function request()
  turn = turn + 1
  local user = users[math.random(#users)]
  if math.random(10) > 1 then return wrk.format("GET", user.reads[math.random(#user.reads)], { Cookie = user.cookie }) end
  local headers = { Cookie = user.cookie, ["Content-Type"] = "application/x-www-form-urlencoded" }
  local form = user.form:gsub("#", tostring(turn))
  return wrk.format("POST", user.writes[math.random(#user.writes)], headers, form)
end

function done(all, latency, _)
  local wrong = all.errors
  io.write(string.format('RESULT {"requests": %d, "rps": %.1f, "p50": %.3f, "p95": %.3f, "p99": %.3f, "most": %.3f, "refused": %d, "broken": %d}\n',
    all.requests, all.requests / all.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, wrong.status, wrong.connect + wrong.read + wrong.write + wrong.timeout))
end
