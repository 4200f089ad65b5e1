(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 4
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 125
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 126
    local.get 0
    i32.const 0
    i32.add
    local.set 1
    local.get 0
    i32.const 3360
    i32.add
    local.set 2
    i32.const 4
    local.set 3
    loop ;; label = @1
      local.get 4
      local.set 5
      local.get 0
      v128.load offset=3200 align=4
      local.set 13
      local.get 1
      v128.load align=4
      local.set 14
      local.get 14
      local.get 13
      local.get 5
      f32x4.relaxed_madd
      local.set 15
      local.get 4
      local.set 6
      local.get 4
      local.set 7
      local.get 4
      local.set 8
      local.get 4
      local.set 9
      local.get 4
      local.set 10
      local.get 4
      local.set 11
      local.get 4
      local.set 12
      local.get 15
      local.set 5
      local.get 1
      v128.load offset=160 align=4
      local.set 16
      local.get 16
      local.get 13
      local.get 7
      f32x4.relaxed_madd
      local.set 17
      local.get 17
      local.set 7
      local.get 1
      v128.load offset=320 align=4
      local.set 18
      local.get 18
      local.get 13
      local.get 9
      f32x4.relaxed_madd
      local.set 19
      local.get 19
      local.set 9
      local.get 1
      v128.load offset=480 align=4
      local.set 20
      local.get 20
      local.get 13
      local.get 11
      f32x4.relaxed_madd
      local.set 21
      local.get 21
      local.set 11
      local.get 0
      v128.load offset=3216 align=4
      local.set 22
      local.get 1
      v128.load offset=16 align=4
      local.set 23
      local.get 23
      local.get 22
      local.get 6
      f32x4.relaxed_madd
      local.set 24
      local.get 24
      local.set 6
      local.get 1
      v128.load offset=176 align=4
      local.set 25
      local.get 25
      local.get 22
      local.get 8
      f32x4.relaxed_madd
      local.set 26
      local.get 26
      local.set 8
      local.get 1
      v128.load offset=336 align=4
      local.set 27
      local.get 27
      local.get 22
      local.get 10
      f32x4.relaxed_madd
      local.set 28
      local.get 28
      local.set 10
      local.get 1
      v128.load offset=496 align=4
      local.set 29
      local.get 29
      local.get 22
      local.get 12
      f32x4.relaxed_madd
      local.set 30
      local.get 30
      local.set 12
      local.get 0
      v128.load offset=3232 align=4
      local.set 31
      local.get 1
      v128.load offset=32 align=4
      local.set 32
      local.get 32
      local.get 31
      local.get 5
      f32x4.relaxed_madd
      local.set 33
      local.get 33
      local.set 5
      local.get 1
      v128.load offset=192 align=4
      local.set 34
      local.get 34
      local.get 31
      local.get 7
      f32x4.relaxed_madd
      local.set 35
      local.get 35
      local.set 7
      local.get 1
      v128.load offset=352 align=4
      local.set 36
      local.get 36
      local.get 31
      local.get 9
      f32x4.relaxed_madd
      local.set 37
      local.get 37
      local.set 9
      local.get 1
      v128.load offset=512 align=4
      local.set 38
      local.get 38
      local.get 31
      local.get 11
      f32x4.relaxed_madd
      local.set 39
      local.get 39
      local.set 11
      local.get 0
      v128.load offset=3248 align=4
      local.set 40
      local.get 1
      v128.load offset=48 align=4
      local.set 41
      local.get 41
      local.get 40
      local.get 6
      f32x4.relaxed_madd
      local.set 42
      local.get 42
      local.set 6
      local.get 1
      v128.load offset=208 align=4
      local.set 43
      local.get 43
      local.get 40
      local.get 8
      f32x4.relaxed_madd
      local.set 44
      local.get 44
      local.set 8
      local.get 1
      v128.load offset=368 align=4
      local.set 45
      local.get 45
      local.get 40
      local.get 10
      f32x4.relaxed_madd
      local.set 46
      local.get 46
      local.set 10
      local.get 1
      v128.load offset=528 align=4
      local.set 47
      local.get 47
      local.get 40
      local.get 12
      f32x4.relaxed_madd
      local.set 48
      local.get 48
      local.set 12
      local.get 0
      v128.load offset=3264 align=4
      local.set 49
      local.get 1
      v128.load offset=64 align=4
      local.set 50
      local.get 50
      local.get 49
      local.get 5
      f32x4.relaxed_madd
      local.set 51
      local.get 51
      local.set 5
      local.get 1
      v128.load offset=224 align=4
      local.set 52
      local.get 52
      local.get 49
      local.get 7
      f32x4.relaxed_madd
      local.set 53
      local.get 53
      local.set 7
      local.get 1
      v128.load offset=384 align=4
      local.set 54
      local.get 54
      local.get 49
      local.get 9
      f32x4.relaxed_madd
      local.set 55
      local.get 55
      local.set 9
      local.get 1
      v128.load offset=544 align=4
      local.set 56
      local.get 56
      local.get 49
      local.get 11
      f32x4.relaxed_madd
      local.set 57
      local.get 57
      local.set 11
      local.get 0
      v128.load offset=3280 align=4
      local.set 58
      local.get 1
      v128.load offset=80 align=4
      local.set 59
      local.get 59
      local.get 58
      local.get 6
      f32x4.relaxed_madd
      local.set 60
      local.get 60
      local.set 6
      local.get 1
      v128.load offset=240 align=4
      local.set 61
      local.get 61
      local.get 58
      local.get 8
      f32x4.relaxed_madd
      local.set 62
      local.get 62
      local.set 8
      local.get 1
      v128.load offset=400 align=4
      local.set 63
      local.get 63
      local.get 58
      local.get 10
      f32x4.relaxed_madd
      local.set 64
      local.get 64
      local.set 10
      local.get 1
      v128.load offset=560 align=4
      local.set 65
      local.get 65
      local.get 58
      local.get 12
      f32x4.relaxed_madd
      local.set 66
      local.get 66
      local.set 12
      local.get 0
      v128.load offset=3296 align=4
      local.set 67
      local.get 1
      v128.load offset=96 align=4
      local.set 68
      local.get 68
      local.get 67
      local.get 5
      f32x4.relaxed_madd
      local.set 69
      local.get 69
      local.set 5
      local.get 1
      v128.load offset=256 align=4
      local.set 70
      local.get 70
      local.get 67
      local.get 7
      f32x4.relaxed_madd
      local.set 71
      local.get 71
      local.set 7
      local.get 1
      v128.load offset=416 align=4
      local.set 72
      local.get 72
      local.get 67
      local.get 9
      f32x4.relaxed_madd
      local.set 73
      local.get 73
      local.set 9
      local.get 1
      v128.load offset=576 align=4
      local.set 74
      local.get 74
      local.get 67
      local.get 11
      f32x4.relaxed_madd
      local.set 75
      local.get 75
      local.set 11
      local.get 0
      v128.load offset=3312 align=4
      local.set 76
      local.get 1
      v128.load offset=112 align=4
      local.set 77
      local.get 77
      local.get 76
      local.get 6
      f32x4.relaxed_madd
      local.set 78
      local.get 78
      local.set 6
      local.get 1
      v128.load offset=272 align=4
      local.set 79
      local.get 79
      local.get 76
      local.get 8
      f32x4.relaxed_madd
      local.set 80
      local.get 80
      local.set 8
      local.get 1
      v128.load offset=432 align=4
      local.set 81
      local.get 81
      local.get 76
      local.get 10
      f32x4.relaxed_madd
      local.set 82
      local.get 82
      local.set 10
      local.get 1
      v128.load offset=592 align=4
      local.set 83
      local.get 83
      local.get 76
      local.get 12
      f32x4.relaxed_madd
      local.set 84
      local.get 84
      local.set 12
      local.get 0
      v128.load offset=3328 align=4
      local.set 85
      local.get 1
      v128.load offset=128 align=4
      local.set 86
      local.get 86
      local.get 85
      local.get 5
      f32x4.relaxed_madd
      local.set 87
      local.get 87
      local.set 5
      local.get 1
      v128.load offset=288 align=4
      local.set 88
      local.get 88
      local.get 85
      local.get 7
      f32x4.relaxed_madd
      local.set 89
      local.get 89
      local.set 7
      local.get 1
      v128.load offset=448 align=4
      local.set 90
      local.get 90
      local.get 85
      local.get 9
      f32x4.relaxed_madd
      local.set 91
      local.get 91
      local.set 9
      local.get 1
      v128.load offset=608 align=4
      local.set 92
      local.get 92
      local.get 85
      local.get 11
      f32x4.relaxed_madd
      local.set 93
      local.get 93
      local.set 11
      local.get 0
      v128.load offset=3344 align=4
      local.set 94
      local.get 1
      v128.load offset=144 align=4
      local.set 95
      local.get 95
      local.get 94
      local.get 6
      f32x4.relaxed_madd
      local.set 96
      local.get 96
      local.set 6
      local.get 1
      v128.load offset=304 align=4
      local.set 97
      local.get 97
      local.get 94
      local.get 8
      f32x4.relaxed_madd
      local.set 98
      local.get 98
      local.set 8
      local.get 1
      v128.load offset=464 align=4
      local.set 99
      local.get 99
      local.get 94
      local.get 10
      f32x4.relaxed_madd
      local.set 100
      local.get 100
      local.set 10
      local.get 1
      v128.load offset=624 align=4
      local.set 101
      local.get 101
      local.get 94
      local.get 12
      f32x4.relaxed_madd
      local.set 102
      local.get 102
      local.set 12
      local.get 5
      local.get 6
      i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
      local.set 103
      local.get 5
      local.get 6
      i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
      local.set 104
      local.get 103
      local.get 104
      f32x4.add
      local.set 105
      local.get 7
      local.get 8
      i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
      local.set 106
      local.get 7
      local.get 8
      i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
      local.set 107
      local.get 106
      local.get 107
      f32x4.add
      local.set 108
      local.get 9
      local.get 10
      i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
      local.set 109
      local.get 9
      local.get 10
      i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
      local.set 110
      local.get 109
      local.get 110
      f32x4.add
      local.set 111
      local.get 11
      local.get 12
      i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
      local.set 112
      local.get 11
      local.get 12
      i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
      local.set 113
      local.get 112
      local.get 113
      f32x4.add
      local.set 114
      local.get 105
      local.get 108
      i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
      local.set 115
      local.get 105
      local.get 108
      i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
      local.set 116
      local.get 115
      local.get 116
      f32x4.add
      local.set 117
      local.get 111
      local.get 114
      i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
      local.set 118
      local.get 111
      local.get 114
      i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
      local.set 119
      local.get 118
      local.get 119
      f32x4.add
      local.set 120
      local.get 117
      local.get 120
      i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
      local.set 121
      local.get 117
      local.get 120
      i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
      local.set 122
      local.get 121
      local.get 122
      f32x4.add
      local.set 123
      local.get 123
      local.get 4
      f32x4.add
      local.set 124
      local.get 124
      f32x4.abs
      local.set 127
      local.get 127
      local.get 125
      f32x4.lt
      local.set 128
      local.get 128
      local.get 126
      v128.and
      local.set 129
      local.get 124
      local.get 129
      v128.andnot
      local.set 130
      local.get 2
      local.get 130
      v128.store align=4
      local.get 1
      i32.const 640
      i32.add
      local.set 1
      local.get 2
      i32.const 16
      i32.add
      local.set 2
      local.get 3
      i32.const 1
      i32.sub
      local.tee 3
      br_if 0 (;@1;)
    end
    local.get 4
    local.set 131
    local.get 0
    v128.load offset=3200 align=4
    local.set 139
    local.get 1
    v128.load align=4
    local.set 140
    local.get 140
    local.get 139
    local.get 131
    f32x4.relaxed_madd
    local.set 141
    local.get 4
    local.set 132
    local.get 4
    local.set 133
    local.get 4
    local.set 134
    local.get 4
    local.set 135
    local.get 4
    local.set 136
    local.get 4
    local.set 137
    local.get 4
    local.set 138
    local.get 141
    local.set 131
    local.get 1
    v128.load offset=160 align=4
    local.set 142
    local.get 142
    local.get 139
    local.get 133
    f32x4.relaxed_madd
    local.set 143
    local.get 143
    local.set 133
    local.get 1
    v128.load offset=320 align=4
    local.set 144
    local.get 144
    local.get 139
    local.get 135
    f32x4.relaxed_madd
    local.set 145
    local.get 145
    local.set 135
    local.get 1
    v128.load offset=480 align=4
    local.set 146
    local.get 146
    local.get 139
    local.get 137
    f32x4.relaxed_madd
    local.set 147
    local.get 147
    local.set 137
    local.get 0
    v128.load offset=3216 align=4
    local.set 148
    local.get 1
    v128.load offset=16 align=4
    local.set 149
    local.get 149
    local.get 148
    local.get 132
    f32x4.relaxed_madd
    local.set 150
    local.get 150
    local.set 132
    local.get 1
    v128.load offset=176 align=4
    local.set 151
    local.get 151
    local.get 148
    local.get 134
    f32x4.relaxed_madd
    local.set 152
    local.get 152
    local.set 134
    local.get 1
    v128.load offset=336 align=4
    local.set 153
    local.get 153
    local.get 148
    local.get 136
    f32x4.relaxed_madd
    local.set 154
    local.get 154
    local.set 136
    local.get 1
    v128.load offset=496 align=4
    local.set 155
    local.get 155
    local.get 148
    local.get 138
    f32x4.relaxed_madd
    local.set 156
    local.get 156
    local.set 138
    local.get 0
    v128.load offset=3232 align=4
    local.set 157
    local.get 1
    v128.load offset=32 align=4
    local.set 158
    local.get 158
    local.get 157
    local.get 131
    f32x4.relaxed_madd
    local.set 159
    local.get 159
    local.set 131
    local.get 1
    v128.load offset=192 align=4
    local.set 160
    local.get 160
    local.get 157
    local.get 133
    f32x4.relaxed_madd
    local.set 161
    local.get 161
    local.set 133
    local.get 1
    v128.load offset=352 align=4
    local.set 162
    local.get 162
    local.get 157
    local.get 135
    f32x4.relaxed_madd
    local.set 163
    local.get 163
    local.set 135
    local.get 1
    v128.load offset=512 align=4
    local.set 164
    local.get 164
    local.get 157
    local.get 137
    f32x4.relaxed_madd
    local.set 165
    local.get 165
    local.set 137
    local.get 0
    v128.load offset=3248 align=4
    local.set 166
    local.get 1
    v128.load offset=48 align=4
    local.set 167
    local.get 167
    local.get 166
    local.get 132
    f32x4.relaxed_madd
    local.set 168
    local.get 168
    local.set 132
    local.get 1
    v128.load offset=208 align=4
    local.set 169
    local.get 169
    local.get 166
    local.get 134
    f32x4.relaxed_madd
    local.set 170
    local.get 170
    local.set 134
    local.get 1
    v128.load offset=368 align=4
    local.set 171
    local.get 171
    local.get 166
    local.get 136
    f32x4.relaxed_madd
    local.set 172
    local.get 172
    local.set 136
    local.get 1
    v128.load offset=528 align=4
    local.set 173
    local.get 173
    local.get 166
    local.get 138
    f32x4.relaxed_madd
    local.set 174
    local.get 174
    local.set 138
    local.get 0
    v128.load offset=3264 align=4
    local.set 175
    local.get 1
    v128.load offset=64 align=4
    local.set 176
    local.get 176
    local.get 175
    local.get 131
    f32x4.relaxed_madd
    local.set 177
    local.get 177
    local.set 131
    local.get 1
    v128.load offset=224 align=4
    local.set 178
    local.get 178
    local.get 175
    local.get 133
    f32x4.relaxed_madd
    local.set 179
    local.get 179
    local.set 133
    local.get 1
    v128.load offset=384 align=4
    local.set 180
    local.get 180
    local.get 175
    local.get 135
    f32x4.relaxed_madd
    local.set 181
    local.get 181
    local.set 135
    local.get 1
    v128.load offset=544 align=4
    local.set 182
    local.get 182
    local.get 175
    local.get 137
    f32x4.relaxed_madd
    local.set 183
    local.get 183
    local.set 137
    local.get 0
    v128.load offset=3280 align=4
    local.set 184
    local.get 1
    v128.load offset=80 align=4
    local.set 185
    local.get 185
    local.get 184
    local.get 132
    f32x4.relaxed_madd
    local.set 186
    local.get 186
    local.set 132
    local.get 1
    v128.load offset=240 align=4
    local.set 187
    local.get 187
    local.get 184
    local.get 134
    f32x4.relaxed_madd
    local.set 188
    local.get 188
    local.set 134
    local.get 1
    v128.load offset=400 align=4
    local.set 189
    local.get 189
    local.get 184
    local.get 136
    f32x4.relaxed_madd
    local.set 190
    local.get 190
    local.set 136
    local.get 1
    v128.load offset=560 align=4
    local.set 191
    local.get 191
    local.get 184
    local.get 138
    f32x4.relaxed_madd
    local.set 192
    local.get 192
    local.set 138
    local.get 0
    v128.load offset=3296 align=4
    local.set 193
    local.get 1
    v128.load offset=96 align=4
    local.set 194
    local.get 194
    local.get 193
    local.get 131
    f32x4.relaxed_madd
    local.set 195
    local.get 195
    local.set 131
    local.get 1
    v128.load offset=256 align=4
    local.set 196
    local.get 196
    local.get 193
    local.get 133
    f32x4.relaxed_madd
    local.set 197
    local.get 197
    local.set 133
    local.get 1
    v128.load offset=416 align=4
    local.set 198
    local.get 198
    local.get 193
    local.get 135
    f32x4.relaxed_madd
    local.set 199
    local.get 199
    local.set 135
    local.get 1
    v128.load offset=576 align=4
    local.set 200
    local.get 200
    local.get 193
    local.get 137
    f32x4.relaxed_madd
    local.set 201
    local.get 201
    local.set 137
    local.get 0
    v128.load offset=3312 align=4
    local.set 202
    local.get 1
    v128.load offset=112 align=4
    local.set 203
    local.get 203
    local.get 202
    local.get 132
    f32x4.relaxed_madd
    local.set 204
    local.get 204
    local.set 132
    local.get 1
    v128.load offset=272 align=4
    local.set 205
    local.get 205
    local.get 202
    local.get 134
    f32x4.relaxed_madd
    local.set 206
    local.get 206
    local.set 134
    local.get 1
    v128.load offset=432 align=4
    local.set 207
    local.get 207
    local.get 202
    local.get 136
    f32x4.relaxed_madd
    local.set 208
    local.get 208
    local.set 136
    local.get 1
    v128.load offset=592 align=4
    local.set 209
    local.get 209
    local.get 202
    local.get 138
    f32x4.relaxed_madd
    local.set 210
    local.get 210
    local.set 138
    local.get 0
    v128.load offset=3328 align=4
    local.set 211
    local.get 1
    v128.load offset=128 align=4
    local.set 212
    local.get 212
    local.get 211
    local.get 131
    f32x4.relaxed_madd
    local.set 213
    local.get 213
    local.set 131
    local.get 1
    v128.load offset=288 align=4
    local.set 214
    local.get 214
    local.get 211
    local.get 133
    f32x4.relaxed_madd
    local.set 215
    local.get 215
    local.set 133
    local.get 1
    v128.load offset=448 align=4
    local.set 216
    local.get 216
    local.get 211
    local.get 135
    f32x4.relaxed_madd
    local.set 217
    local.get 217
    local.set 135
    local.get 1
    v128.load offset=608 align=4
    local.set 218
    local.get 218
    local.get 211
    local.get 137
    f32x4.relaxed_madd
    local.set 219
    local.get 219
    local.set 137
    local.get 0
    v128.load offset=3344 align=4
    local.set 220
    local.get 1
    v128.load offset=144 align=4
    local.set 221
    local.get 221
    local.get 220
    local.get 132
    f32x4.relaxed_madd
    local.set 222
    local.get 222
    local.set 132
    local.get 1
    v128.load offset=304 align=4
    local.set 223
    local.get 223
    local.get 220
    local.get 134
    f32x4.relaxed_madd
    local.set 224
    local.get 224
    local.set 134
    local.get 1
    v128.load offset=464 align=4
    local.set 225
    local.get 225
    local.get 220
    local.get 136
    f32x4.relaxed_madd
    local.set 226
    local.get 226
    local.set 136
    local.get 1
    v128.load offset=624 align=4
    local.set 227
    local.get 227
    local.get 220
    local.get 138
    f32x4.relaxed_madd
    local.set 228
    local.get 228
    local.set 138
    local.get 131
    local.get 132
    f32x4.add
    local.set 229
    local.get 133
    local.get 134
    f32x4.add
    local.set 230
    local.get 135
    local.get 136
    f32x4.add
    local.set 231
    local.get 137
    local.get 138
    f32x4.add
    local.set 232
    local.get 229
    local.get 230
    i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
    local.set 233
    local.get 229
    local.get 230
    i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
    local.set 234
    local.get 233
    local.get 234
    f32x4.add
    local.set 235
    local.get 231
    local.get 232
    i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
    local.set 236
    local.get 231
    local.get 232
    i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
    local.set 237
    local.get 236
    local.get 237
    f32x4.add
    local.set 238
    local.get 235
    local.get 238
    i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
    local.set 239
    local.get 235
    local.get 238
    i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
    local.set 240
    local.get 239
    local.get 240
    f32x4.add
    local.set 241
    local.get 241
    local.get 4
    f32x4.add
    local.set 242
    local.get 242
    f32x4.abs
    local.set 243
    local.get 243
    local.get 125
    f32x4.lt
    local.set 244
    local.get 244
    local.get 126
    v128.and
    local.set 245
    local.get 242
    local.get 245
    v128.andnot
    local.set 246
    local.get 2
    local.get 246
    v128.store align=4
    local.get 1
    i32.const 640
    i32.add
    local.set 1
    local.get 2
    i32.const 16
    i32.add
    local.set 2
  )
)
