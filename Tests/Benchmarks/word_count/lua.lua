local function work(path)
  local file = assert(io.open(path))
  local text = file:read("a")
  file:close()
  local counts, different = {}, 0
  for word in text:gmatch("%S+") do
    local count = counts[word]
    if count == nil then
      different = different + 1
      count = 0
    end
    counts[word] = count + 1
  end
  local best, most = "", 0
  for name, count in pairs(counts) do
    if count > most then best, most = name, count end
  end
  return different, best, most
end

local start = os.clock()
local different, best, most = work(arg[0]:gsub("[^/]*$", "") .. "words.txt")
print("seconds", os.clock() - start)
print("result", different, best, most)
