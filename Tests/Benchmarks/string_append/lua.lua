-- A string of Lua is copied by each `..`; a table that is concatenated at the end is Lua's own way.
local function work(count)
  local letters = "abcdefghijklmnopqrstuvwxyz"
  local parts = {}
  for i = 0, count - 1 do
    local place = i % 26 + 1
    parts[#parts + 1] = letters:sub(place, place)
  end
  local text = table.concat(parts)
  local found = 0
  for i = 1, count do
    if text:sub(i, i) == "e" then found = found + 1 end
  end
  return found
end

local start = os.clock()
local result = work(1000000)
print("seconds", os.clock() - start)
print("result", result)
