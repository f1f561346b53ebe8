local function work(count)
  local values = {}
  for i = 0, count - 1 do values[#values + 1] = i end
  local total = 0
  for i = 1, count do total = total + values[i] end
  return total
end

local start = os.clock()
local result = work(1000000)
print("seconds", os.clock() - start)
print("result", result)
