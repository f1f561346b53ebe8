local function work(count)
  local lines = {}
  for i = 0, count - 1 do lines[i + 1] = string.format("%d: %d, %.3f", i, i * i, i / 8) end
  local text = table.concat(lines, "\n"):gsub(", ", ";")
  local total = 0
  for line in text:gmatch("[^\n]+") do total = total + #line end
  return total
end

local start = os.clock()
local result = work(300000)
print("seconds", os.clock() - start)
print("result", result)
