#pragma once

#include "confine.h"
#include "counts.h"
#include "files.h"
#include "process.h"
