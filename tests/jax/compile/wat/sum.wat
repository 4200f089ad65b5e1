(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 1
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 361
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 362
    local.get 0
    v128.load32_splat
    local.set 2
    local.get 1
    local.get 2
    f32x4.add
    local.set 3
    local.get 0
    v128.load32_splat offset=4
    local.set 4
    local.get 3
    local.get 4
    f32x4.add
    local.set 5
    local.get 0
    v128.load32_splat offset=8
    local.set 6
    local.get 5
    local.get 6
    f32x4.add
    local.set 7
    local.get 0
    v128.load32_splat offset=12
    local.set 8
    local.get 7
    local.get 8
    f32x4.add
    local.set 9
    local.get 0
    v128.load32_splat offset=16
    local.set 10
    local.get 9
    local.get 10
    f32x4.add
    local.set 11
    local.get 0
    v128.load32_splat offset=20
    local.set 12
    local.get 11
    local.get 12
    f32x4.add
    local.set 13
    local.get 0
    v128.load32_splat offset=24
    local.set 14
    local.get 13
    local.get 14
    f32x4.add
    local.set 15
    local.get 0
    v128.load32_splat offset=28
    local.set 16
    local.get 15
    local.get 16
    f32x4.add
    local.set 17
    local.get 0
    v128.load32_splat offset=32
    local.set 18
    local.get 17
    local.get 18
    f32x4.add
    local.set 19
    local.get 0
    v128.load32_splat offset=36
    local.set 20
    local.get 19
    local.get 20
    f32x4.add
    local.set 21
    local.get 0
    v128.load32_splat offset=40
    local.set 22
    local.get 21
    local.get 22
    f32x4.add
    local.set 23
    local.get 0
    v128.load32_splat offset=44
    local.set 24
    local.get 23
    local.get 24
    f32x4.add
    local.set 25
    local.get 0
    v128.load32_splat offset=48
    local.set 26
    local.get 25
    local.get 26
    f32x4.add
    local.set 27
    local.get 0
    v128.load32_splat offset=52
    local.set 28
    local.get 27
    local.get 28
    f32x4.add
    local.set 29
    local.get 0
    v128.load32_splat offset=56
    local.set 30
    local.get 29
    local.get 30
    f32x4.add
    local.set 31
    local.get 0
    v128.load32_splat offset=60
    local.set 32
    local.get 31
    local.get 32
    f32x4.add
    local.set 33
    local.get 0
    v128.load32_splat offset=64
    local.set 34
    local.get 33
    local.get 34
    f32x4.add
    local.set 35
    local.get 0
    v128.load32_splat offset=68
    local.set 36
    local.get 35
    local.get 36
    f32x4.add
    local.set 37
    local.get 0
    v128.load32_splat offset=72
    local.set 38
    local.get 37
    local.get 38
    f32x4.add
    local.set 39
    local.get 0
    v128.load32_splat offset=76
    local.set 40
    local.get 39
    local.get 40
    f32x4.add
    local.set 41
    local.get 0
    v128.load32_splat offset=80
    local.set 42
    local.get 41
    local.get 42
    f32x4.add
    local.set 43
    local.get 0
    v128.load32_splat offset=84
    local.set 44
    local.get 43
    local.get 44
    f32x4.add
    local.set 45
    local.get 0
    local.get 45
    v128.store32_lane offset=4416 0
    local.get 0
    i32.const 88
    i32.add
    local.set 46
    local.get 0
    i32.const 4420
    i32.add
    local.set 47
    i32.const 8
    local.set 48
    loop ;; label = @1
      local.get 46
      v128.load align=4
      local.set 49
      local.get 46
      v128.load offset=128 align=4
      local.set 50
      local.get 49
      local.get 50
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 53
      local.get 46
      v128.load offset=256 align=4
      local.set 51
      local.get 46
      v128.load offset=384 align=4
      local.set 52
      local.get 51
      local.get 52
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 55
      local.get 53
      local.get 55
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 57
      local.get 53
      local.get 55
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 58
      local.get 1
      local.get 57
      f32x4.add
      local.set 61
      local.get 61
      local.get 58
      f32x4.add
      local.set 62
      local.get 49
      local.get 50
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 54
      local.get 51
      local.get 52
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 56
      local.get 54
      local.get 56
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 59
      local.get 54
      local.get 56
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 60
      local.get 62
      local.get 59
      f32x4.add
      local.set 63
      local.get 63
      local.get 60
      f32x4.add
      local.set 64
      local.get 46
      v128.load offset=16 align=4
      local.set 65
      local.get 46
      v128.load offset=144 align=4
      local.set 66
      local.get 65
      local.get 66
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 69
      local.get 46
      v128.load offset=272 align=4
      local.set 67
      local.get 46
      v128.load offset=400 align=4
      local.set 68
      local.get 67
      local.get 68
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 71
      local.get 69
      local.get 71
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 73
      local.get 69
      local.get 71
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 74
      local.get 64
      local.get 73
      f32x4.add
      local.set 77
      local.get 77
      local.get 74
      f32x4.add
      local.set 78
      local.get 65
      local.get 66
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 70
      local.get 67
      local.get 68
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 72
      local.get 70
      local.get 72
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 75
      local.get 70
      local.get 72
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 76
      local.get 78
      local.get 75
      f32x4.add
      local.set 79
      local.get 79
      local.get 76
      f32x4.add
      local.set 80
      local.get 46
      v128.load offset=32 align=4
      local.set 81
      local.get 46
      v128.load offset=160 align=4
      local.set 82
      local.get 81
      local.get 82
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 85
      local.get 46
      v128.load offset=288 align=4
      local.set 83
      local.get 46
      v128.load offset=416 align=4
      local.set 84
      local.get 83
      local.get 84
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 87
      local.get 85
      local.get 87
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 89
      local.get 85
      local.get 87
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 90
      local.get 80
      local.get 89
      f32x4.add
      local.set 93
      local.get 93
      local.get 90
      f32x4.add
      local.set 94
      local.get 81
      local.get 82
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 86
      local.get 83
      local.get 84
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 88
      local.get 86
      local.get 88
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 91
      local.get 86
      local.get 88
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 92
      local.get 94
      local.get 91
      f32x4.add
      local.set 95
      local.get 95
      local.get 92
      f32x4.add
      local.set 96
      local.get 46
      v128.load offset=48 align=4
      local.set 97
      local.get 46
      v128.load offset=176 align=4
      local.set 98
      local.get 97
      local.get 98
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 101
      local.get 46
      v128.load offset=304 align=4
      local.set 99
      local.get 46
      v128.load offset=432 align=4
      local.set 100
      local.get 99
      local.get 100
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 103
      local.get 101
      local.get 103
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 105
      local.get 101
      local.get 103
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 106
      local.get 96
      local.get 105
      f32x4.add
      local.set 109
      local.get 109
      local.get 106
      f32x4.add
      local.set 110
      local.get 97
      local.get 98
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 102
      local.get 99
      local.get 100
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 104
      local.get 102
      local.get 104
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 107
      local.get 102
      local.get 104
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 108
      local.get 110
      local.get 107
      f32x4.add
      local.set 111
      local.get 111
      local.get 108
      f32x4.add
      local.set 112
      local.get 46
      v128.load offset=64 align=4
      local.set 113
      local.get 46
      v128.load offset=192 align=4
      local.set 114
      local.get 113
      local.get 114
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 117
      local.get 46
      v128.load offset=320 align=4
      local.set 115
      local.get 46
      v128.load offset=448 align=4
      local.set 116
      local.get 115
      local.get 116
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 119
      local.get 117
      local.get 119
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 121
      local.get 117
      local.get 119
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 122
      local.get 112
      local.get 121
      f32x4.add
      local.set 125
      local.get 125
      local.get 122
      f32x4.add
      local.set 126
      local.get 113
      local.get 114
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 118
      local.get 115
      local.get 116
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 120
      local.get 118
      local.get 120
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 123
      local.get 118
      local.get 120
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 124
      local.get 126
      local.get 123
      f32x4.add
      local.set 127
      local.get 127
      local.get 124
      f32x4.add
      local.set 128
      local.get 46
      v128.load offset=80 align=4
      local.set 129
      local.get 46
      v128.load offset=208 align=4
      local.set 130
      local.get 129
      local.get 130
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 133
      local.get 46
      v128.load offset=336 align=4
      local.set 131
      local.get 46
      v128.load offset=464 align=4
      local.set 132
      local.get 131
      local.get 132
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 135
      local.get 133
      local.get 135
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 137
      local.get 133
      local.get 135
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 138
      local.get 128
      local.get 137
      f32x4.add
      local.set 141
      local.get 141
      local.get 138
      f32x4.add
      local.set 142
      local.get 129
      local.get 130
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 134
      local.get 131
      local.get 132
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 136
      local.get 134
      local.get 136
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 139
      local.get 134
      local.get 136
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 140
      local.get 142
      local.get 139
      f32x4.add
      local.set 143
      local.get 143
      local.get 140
      f32x4.add
      local.set 144
      local.get 46
      v128.load offset=96 align=4
      local.set 145
      local.get 46
      v128.load offset=224 align=4
      local.set 146
      local.get 145
      local.get 146
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 149
      local.get 46
      v128.load offset=352 align=4
      local.set 147
      local.get 46
      v128.load offset=480 align=4
      local.set 148
      local.get 147
      local.get 148
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 151
      local.get 149
      local.get 151
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 153
      local.get 149
      local.get 151
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 154
      local.get 144
      local.get 153
      f32x4.add
      local.set 157
      local.get 157
      local.get 154
      f32x4.add
      local.set 158
      local.get 145
      local.get 146
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 150
      local.get 147
      local.get 148
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 152
      local.get 150
      local.get 152
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 155
      local.get 150
      local.get 152
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 156
      local.get 158
      local.get 155
      f32x4.add
      local.set 159
      local.get 159
      local.get 156
      f32x4.add
      local.set 160
      local.get 46
      v128.load offset=112 align=4
      local.set 161
      local.get 46
      v128.load offset=240 align=4
      local.set 162
      local.get 161
      local.get 162
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 165
      local.get 46
      v128.load offset=368 align=4
      local.set 163
      local.get 46
      v128.load offset=496 align=4
      local.set 164
      local.get 163
      local.get 164
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 167
      local.get 165
      local.get 167
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 169
      local.get 165
      local.get 167
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 170
      local.get 160
      local.get 169
      f32x4.add
      local.set 173
      local.get 173
      local.get 170
      f32x4.add
      local.set 174
      local.get 161
      local.get 162
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 166
      local.get 163
      local.get 164
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 168
      local.get 166
      local.get 168
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 171
      local.get 166
      local.get 168
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 172
      local.get 174
      local.get 171
      f32x4.add
      local.set 175
      local.get 175
      local.get 172
      f32x4.add
      local.set 176
      local.get 47
      local.get 176
      v128.store align=4
      local.get 46
      i32.const 512
      i32.add
      local.set 46
      local.get 47
      i32.const 16
      i32.add
      local.set 47
      local.get 48
      i32.const 1
      i32.sub
      local.tee 48
      br_if 0 (;@1;)
    end
    local.get 46
    v128.load32_splat
    local.set 177
    local.get 1
    local.get 177
    f32x4.add
    local.set 178
    local.get 46
    v128.load32_splat offset=4
    local.set 179
    local.get 178
    local.get 179
    f32x4.add
    local.set 180
    local.get 46
    v128.load32_splat offset=8
    local.set 181
    local.get 180
    local.get 181
    f32x4.add
    local.set 182
    local.get 46
    v128.load32_splat offset=12
    local.set 183
    local.get 182
    local.get 183
    f32x4.add
    local.set 184
    local.get 46
    v128.load32_splat offset=16
    local.set 185
    local.get 184
    local.get 185
    f32x4.add
    local.set 186
    local.get 46
    v128.load32_splat offset=20
    local.set 187
    local.get 186
    local.get 187
    f32x4.add
    local.set 188
    local.get 46
    v128.load32_splat offset=24
    local.set 189
    local.get 188
    local.get 189
    f32x4.add
    local.set 190
    local.get 46
    v128.load32_splat offset=28
    local.set 191
    local.get 190
    local.get 191
    f32x4.add
    local.set 192
    local.get 46
    v128.load32_splat offset=32
    local.set 193
    local.get 192
    local.get 193
    f32x4.add
    local.set 194
    local.get 46
    v128.load32_splat offset=36
    local.set 195
    local.get 194
    local.get 195
    f32x4.add
    local.set 196
    local.get 46
    v128.load32_splat offset=40
    local.set 197
    local.get 196
    local.get 197
    f32x4.add
    local.set 198
    local.get 46
    v128.load32_splat offset=44
    local.set 199
    local.get 198
    local.get 199
    f32x4.add
    local.set 200
    local.get 46
    v128.load32_splat offset=48
    local.set 201
    local.get 200
    local.get 201
    f32x4.add
    local.set 202
    local.get 46
    v128.load32_splat offset=52
    local.set 203
    local.get 202
    local.get 203
    f32x4.add
    local.set 204
    local.get 46
    v128.load32_splat offset=56
    local.set 205
    local.get 204
    local.get 205
    f32x4.add
    local.set 206
    local.get 46
    v128.load32_splat offset=60
    local.set 207
    local.get 206
    local.get 207
    f32x4.add
    local.set 208
    local.get 46
    v128.load32_splat offset=64
    local.set 209
    local.get 208
    local.get 209
    f32x4.add
    local.set 210
    local.get 46
    v128.load32_splat offset=68
    local.set 211
    local.get 210
    local.get 211
    f32x4.add
    local.set 212
    local.get 46
    v128.load32_splat offset=72
    local.set 213
    local.get 212
    local.get 213
    f32x4.add
    local.set 214
    local.get 46
    v128.load32_splat offset=76
    local.set 215
    local.get 214
    local.get 215
    f32x4.add
    local.set 216
    local.get 46
    v128.load32_splat offset=80
    local.set 217
    local.get 216
    local.get 217
    f32x4.add
    local.set 218
    local.get 46
    v128.load32_splat offset=84
    local.set 219
    local.get 218
    local.get 219
    f32x4.add
    local.set 220
    local.get 46
    v128.load32_splat offset=88
    local.set 221
    local.get 220
    local.get 221
    f32x4.add
    local.set 222
    local.get 46
    v128.load32_splat offset=92
    local.set 223
    local.get 222
    local.get 223
    f32x4.add
    local.set 224
    local.get 46
    v128.load32_splat offset=96
    local.set 225
    local.get 224
    local.get 225
    f32x4.add
    local.set 226
    local.get 46
    v128.load32_splat offset=100
    local.set 227
    local.get 226
    local.get 227
    f32x4.add
    local.set 228
    local.get 46
    v128.load32_splat offset=104
    local.set 229
    local.get 228
    local.get 229
    f32x4.add
    local.set 230
    local.get 46
    v128.load32_splat offset=108
    local.set 231
    local.get 230
    local.get 231
    f32x4.add
    local.set 232
    local.get 46
    v128.load32_splat offset=112
    local.set 233
    local.get 232
    local.get 233
    f32x4.add
    local.set 234
    local.get 46
    v128.load32_splat offset=116
    local.set 235
    local.get 234
    local.get 235
    f32x4.add
    local.set 236
    local.get 46
    v128.load32_splat offset=120
    local.set 237
    local.get 236
    local.get 237
    f32x4.add
    local.set 238
    local.get 46
    v128.load32_splat offset=124
    local.set 239
    local.get 238
    local.get 239
    f32x4.add
    local.set 240
    local.get 47
    local.get 240
    v128.store32_lane 0
    local.get 46
    v128.load32_splat offset=128
    local.set 241
    local.get 1
    local.get 241
    f32x4.add
    local.set 242
    local.get 46
    v128.load32_splat offset=132
    local.set 243
    local.get 242
    local.get 243
    f32x4.add
    local.set 244
    local.get 46
    v128.load32_splat offset=136
    local.set 245
    local.get 244
    local.get 245
    f32x4.add
    local.set 246
    local.get 46
    v128.load32_splat offset=140
    local.set 247
    local.get 246
    local.get 247
    f32x4.add
    local.set 248
    local.get 46
    v128.load32_splat offset=144
    local.set 249
    local.get 248
    local.get 249
    f32x4.add
    local.set 250
    local.get 46
    v128.load32_splat offset=148
    local.set 251
    local.get 250
    local.get 251
    f32x4.add
    local.set 252
    local.get 46
    v128.load32_splat offset=152
    local.set 253
    local.get 252
    local.get 253
    f32x4.add
    local.set 254
    local.get 46
    v128.load32_splat offset=156
    local.set 255
    local.get 254
    local.get 255
    f32x4.add
    local.set 256
    local.get 46
    v128.load32_splat offset=160
    local.set 257
    local.get 256
    local.get 257
    f32x4.add
    local.set 258
    local.get 46
    v128.load32_splat offset=164
    local.set 259
    local.get 258
    local.get 259
    f32x4.add
    local.set 260
    local.get 46
    v128.load32_splat offset=168
    local.set 261
    local.get 260
    local.get 261
    f32x4.add
    local.set 262
    local.get 46
    v128.load32_splat offset=172
    local.set 263
    local.get 262
    local.get 263
    f32x4.add
    local.set 264
    local.get 46
    v128.load32_splat offset=176
    local.set 265
    local.get 264
    local.get 265
    f32x4.add
    local.set 266
    local.get 46
    v128.load32_splat offset=180
    local.set 267
    local.get 266
    local.get 267
    f32x4.add
    local.set 268
    local.get 46
    v128.load32_splat offset=184
    local.set 269
    local.get 268
    local.get 269
    f32x4.add
    local.set 270
    local.get 46
    v128.load32_splat offset=188
    local.set 271
    local.get 270
    local.get 271
    f32x4.add
    local.set 272
    local.get 46
    v128.load32_splat offset=192
    local.set 273
    local.get 272
    local.get 273
    f32x4.add
    local.set 274
    local.get 46
    v128.load32_splat offset=196
    local.set 275
    local.get 274
    local.get 275
    f32x4.add
    local.set 276
    local.get 46
    v128.load32_splat offset=200
    local.set 277
    local.get 276
    local.get 277
    f32x4.add
    local.set 278
    local.get 46
    v128.load32_splat offset=204
    local.set 279
    local.get 278
    local.get 279
    f32x4.add
    local.set 280
    local.get 46
    v128.load32_splat offset=208
    local.set 281
    local.get 280
    local.get 281
    f32x4.add
    local.set 282
    local.get 46
    v128.load32_splat offset=212
    local.set 283
    local.get 282
    local.get 283
    f32x4.add
    local.set 284
    local.get 47
    local.get 284
    v128.store32_lane offset=4 0
    local.get 0
    v128.load32_splat offset=4416
    local.set 285
    local.get 1
    local.get 285
    f32x4.add
    local.set 286
    local.get 0
    v128.load32_splat offset=4420
    local.set 287
    local.get 286
    local.get 287
    f32x4.add
    local.set 288
    local.get 0
    v128.load32_splat offset=4424
    local.set 289
    local.get 288
    local.get 289
    f32x4.add
    local.set 290
    local.get 0
    v128.load32_splat offset=4428
    local.set 291
    local.get 290
    local.get 291
    f32x4.add
    local.set 292
    local.get 0
    v128.load32_splat offset=4432
    local.set 293
    local.get 292
    local.get 293
    f32x4.add
    local.set 294
    local.get 0
    v128.load32_splat offset=4436
    local.set 295
    local.get 294
    local.get 295
    f32x4.add
    local.set 296
    local.get 0
    v128.load32_splat offset=4440
    local.set 297
    local.get 296
    local.get 297
    f32x4.add
    local.set 298
    local.get 0
    v128.load32_splat offset=4444
    local.set 299
    local.get 298
    local.get 299
    f32x4.add
    local.set 300
    local.get 0
    v128.load32_splat offset=4448
    local.set 301
    local.get 300
    local.get 301
    f32x4.add
    local.set 302
    local.get 0
    v128.load32_splat offset=4452
    local.set 303
    local.get 302
    local.get 303
    f32x4.add
    local.set 304
    local.get 0
    v128.load32_splat offset=4456
    local.set 305
    local.get 304
    local.get 305
    f32x4.add
    local.set 306
    local.get 0
    v128.load32_splat offset=4460
    local.set 307
    local.get 306
    local.get 307
    f32x4.add
    local.set 308
    local.get 0
    v128.load32_splat offset=4464
    local.set 309
    local.get 308
    local.get 309
    f32x4.add
    local.set 310
    local.get 0
    v128.load32_splat offset=4468
    local.set 311
    local.get 310
    local.get 311
    f32x4.add
    local.set 312
    local.get 0
    v128.load32_splat offset=4472
    local.set 313
    local.get 312
    local.get 313
    f32x4.add
    local.set 314
    local.get 0
    v128.load32_splat offset=4476
    local.set 315
    local.get 314
    local.get 315
    f32x4.add
    local.set 316
    local.get 0
    v128.load32_splat offset=4480
    local.set 317
    local.get 316
    local.get 317
    f32x4.add
    local.set 318
    local.get 0
    v128.load32_splat offset=4484
    local.set 319
    local.get 318
    local.get 319
    f32x4.add
    local.set 320
    local.get 0
    local.get 320
    v128.store32_lane offset=4576 0
    local.get 0
    i32.const 4488
    i32.add
    local.set 321
    local.get 0
    i32.const 4580
    i32.add
    local.set 322
    local.get 321
    v128.load32_splat
    local.set 323
    local.get 1
    local.get 323
    f32x4.add
    local.set 324
    local.get 321
    v128.load32_splat offset=4
    local.set 325
    local.get 324
    local.get 325
    f32x4.add
    local.set 326
    local.get 321
    v128.load32_splat offset=8
    local.set 327
    local.get 326
    local.get 327
    f32x4.add
    local.set 328
    local.get 321
    v128.load32_splat offset=12
    local.set 329
    local.get 328
    local.get 329
    f32x4.add
    local.set 330
    local.get 321
    v128.load32_splat offset=16
    local.set 331
    local.get 330
    local.get 331
    f32x4.add
    local.set 332
    local.get 321
    v128.load32_splat offset=20
    local.set 333
    local.get 332
    local.get 333
    f32x4.add
    local.set 334
    local.get 321
    v128.load32_splat offset=24
    local.set 335
    local.get 334
    local.get 335
    f32x4.add
    local.set 336
    local.get 321
    v128.load32_splat offset=28
    local.set 337
    local.get 336
    local.get 337
    f32x4.add
    local.set 338
    local.get 321
    v128.load32_splat offset=32
    local.set 339
    local.get 338
    local.get 339
    f32x4.add
    local.set 340
    local.get 321
    v128.load32_splat offset=36
    local.set 341
    local.get 340
    local.get 341
    f32x4.add
    local.set 342
    local.get 321
    v128.load32_splat offset=40
    local.set 343
    local.get 342
    local.get 343
    f32x4.add
    local.set 344
    local.get 321
    v128.load32_splat offset=44
    local.set 345
    local.get 344
    local.get 345
    f32x4.add
    local.set 346
    local.get 321
    v128.load32_splat offset=48
    local.set 347
    local.get 346
    local.get 347
    f32x4.add
    local.set 348
    local.get 321
    v128.load32_splat offset=52
    local.set 349
    local.get 348
    local.get 349
    f32x4.add
    local.set 350
    local.get 321
    v128.load32_splat offset=56
    local.set 351
    local.get 350
    local.get 351
    f32x4.add
    local.set 352
    local.get 321
    v128.load32_splat offset=60
    local.set 353
    local.get 352
    local.get 353
    f32x4.add
    local.set 354
    local.get 321
    v128.load32_splat offset=64
    local.set 355
    local.get 354
    local.get 355
    f32x4.add
    local.set 356
    local.get 322
    local.get 356
    v128.store32_lane 0
    local.get 0
    v128.load32_splat offset=4576
    local.set 357
    local.get 1
    local.get 357
    f32x4.add
    local.set 358
    local.get 0
    v128.load32_splat offset=4580
    local.set 359
    local.get 358
    local.get 359
    f32x4.add
    local.set 360
    local.get 360
    f32x4.abs
    local.set 363
    local.get 363
    local.get 361
    f32x4.lt
    local.set 364
    local.get 364
    local.get 362
    v128.and
    local.set 365
    local.get 360
    local.get 365
    v128.andnot
    local.set 366
    local.get 0
    local.get 366
    v128.store32_lane offset=4400 0
  )
)
