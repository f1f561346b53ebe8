local SOLAR, DAYS = 39.47841760435743, 365.24

local function bodies()
  local rows = {
    {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0},
    {4.841431442464721, -1.1603200440274284, -0.10362204447112311,
      0.001660076642744037, 0.007699011184197404, -0.0000690460016972063, 0.0009547919384243266},
    {8.34336671824458, 4.124798564124305, -0.4035234171143214,
      -0.002767425107268624, 0.004998528012349172, 0.00002304172975737639, 0.0002858859806661308},
    {12.894369562139131, -15.111151401698631, -0.22330757889265573,
      0.002964601375647616, 0.0023784717395948095, -0.000029658956854023756, 0.00004366244043351563},
    {15.379697114850917, -25.919314609987964, 0.17925877295037118,
      0.0026806777249038932, 0.001628241700382423, -0.00009515922545197159, 0.00005151389020466115},
  }
  for _, row in ipairs(rows) do
    for axis = 4, 6 do row[axis] = row[axis] * DAYS end
    row[7] = row[7] * SOLAR
  end
  for axis = 4, 6 do
    for i = 2, 5 do rows[1][axis] = rows[1][axis] - rows[i][axis] * rows[i][7] / SOLAR end
  end
  return rows
end

local function energy(rows)
  local total = 0.0
  for i = 1, 5 do
    local p = rows[i]
    total = total + 0.5 * p[7] * (p[4] ^ 2 + p[5] ^ 2 + p[6] ^ 2)
    for j = i + 1, 5 do
      local q = rows[j]
      total = total - p[7] * q[7] / math.sqrt((p[1] - q[1]) ^ 2 + (p[2] - q[2]) ^ 2 + (p[3] - q[3]) ^ 2)
    end
  end
  return total
end

local function work(steps)
  local rows, dt, sqrt = bodies(), 0.01, math.sqrt
  for _ = 1, steps do
    for i = 1, 5 do
      local p = rows[i]
      for j = i + 1, 5 do
        local q = rows[j]
        local dx, dy, dz = p[1] - q[1], p[2] - q[2], p[3] - q[3]
        local square = dx * dx + dy * dy + dz * dz
        local pull = dt / (square * sqrt(square))
        local a, b = q[7] * pull, p[7] * pull
        p[4] = p[4] - dx * a
        p[5] = p[5] - dy * a
        p[6] = p[6] - dz * a
        q[4] = q[4] + dx * b
        q[5] = q[5] + dy * b
        q[6] = q[6] + dz * b
      end
    end
    for i = 1, 5 do
      local p = rows[i]
      p[1] = p[1] + dt * p[4]
      p[2] = p[2] + dt * p[5]
      p[3] = p[3] + dt * p[6]
    end
  end
  return energy(rows)
end

local start = os.clock()
local result = work(100000)
print("seconds", os.clock() - start)
print("result", string.format("%.17g", result))
