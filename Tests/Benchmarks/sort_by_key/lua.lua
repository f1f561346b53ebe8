local function numbers(count)
  local values, x = {}, 1
  for i = 1, count do
    x = (x * 1103515245 + 12345) % 2147483648
    values[i] = x
  end
  return values
end

local function key(x) return x % 65536 * 65536 + x // 65536 end

local values = numbers(1000000)
local start = os.clock()
local keys, places = {}, {}
for i, x in ipairs(values) do
  keys[i] = key(x)
  places[i] = i
end
table.sort(places, function(a, b)
  local x, y = keys[a], keys[b]
  if x == y then return a < b end
  return x < y
end)
local ordered = {}
for i, place in ipairs(places) do ordered[i] = values[place] end
print("seconds", os.clock() - start)
print("result", ordered[1], ordered[500001], ordered[#ordered])
