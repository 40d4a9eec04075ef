#!/usr/bin/env python3
import out
out.tests()
