(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local i32 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 8
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 9
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 14
    local.get 0
    i32.const 4400
    i32.add
    local.set 1
    local.get 0
    i32.const 0
    i32.add
    local.set 2
    local.get 0
    i32.const 8816
    i32.add
    local.set 3
    i32.const 275
    local.set 4
    loop ;; label = @1
      local.get 1
      v128.load align=4
      local.set 5
      local.get 2
      v128.load align=4
      local.set 6
      local.get 5
      local.get 6
      f32x4.mul
      local.set 7
      local.get 7
      f32x4.abs
      local.set 10
      local.get 10
      local.get 8
      f32x4.lt
      local.set 11
      local.get 11
      local.get 9
      v128.and
      local.set 12
      local.get 7
      local.get 12
      v128.andnot
      local.set 13
      local.get 3
      local.get 13
      v128.store align=4
      local.get 1
      i32.const 16
      i32.add
      local.set 1
      local.get 2
      i32.const 16
      i32.add
      local.set 2
      local.get 3
      i32.const 16
      i32.add
      local.set 3
      local.get 4
      i32.const 1
      i32.sub
      local.tee 4
      br_if 0 (;@1;)
    end
    local.get 0
    v128.load32_splat offset=8816
    local.set 15
    local.get 14
    local.get 15
    f32x4.add
    local.set 16
    local.get 0
    v128.load32_splat offset=8820
    local.set 17
    local.get 16
    local.get 17
    f32x4.add
    local.set 18
    local.get 0
    v128.load32_splat offset=8824
    local.set 19
    local.get 18
    local.get 19
    f32x4.add
    local.set 20
    local.get 0
    v128.load32_splat offset=8828
    local.set 21
    local.get 20
    local.get 21
    f32x4.add
    local.set 22
    local.get 0
    v128.load32_splat offset=8832
    local.set 23
    local.get 22
    local.get 23
    f32x4.add
    local.set 24
    local.get 0
    v128.load32_splat offset=8836
    local.set 25
    local.get 24
    local.get 25
    f32x4.add
    local.set 26
    local.get 0
    v128.load32_splat offset=8840
    local.set 27
    local.get 26
    local.get 27
    f32x4.add
    local.set 28
    local.get 0
    v128.load32_splat offset=8844
    local.set 29
    local.get 28
    local.get 29
    f32x4.add
    local.set 30
    local.get 0
    v128.load32_splat offset=8848
    local.set 31
    local.get 30
    local.get 31
    f32x4.add
    local.set 32
    local.get 0
    v128.load32_splat offset=8852
    local.set 33
    local.get 32
    local.get 33
    f32x4.add
    local.set 34
    local.get 0
    v128.load32_splat offset=8856
    local.set 35
    local.get 34
    local.get 35
    f32x4.add
    local.set 36
    local.get 0
    v128.load32_splat offset=8860
    local.set 37
    local.get 36
    local.get 37
    f32x4.add
    local.set 38
    local.get 0
    v128.load32_splat offset=8864
    local.set 39
    local.get 38
    local.get 39
    f32x4.add
    local.set 40
    local.get 0
    v128.load32_splat offset=8868
    local.set 41
    local.get 40
    local.get 41
    f32x4.add
    local.set 42
    local.get 0
    v128.load32_splat offset=8872
    local.set 43
    local.get 42
    local.get 43
    f32x4.add
    local.set 44
    local.get 0
    v128.load32_splat offset=8876
    local.set 45
    local.get 44
    local.get 45
    f32x4.add
    local.set 46
    local.get 0
    v128.load32_splat offset=8880
    local.set 47
    local.get 46
    local.get 47
    f32x4.add
    local.set 48
    local.get 0
    v128.load32_splat offset=8884
    local.set 49
    local.get 48
    local.get 49
    f32x4.add
    local.set 50
    local.get 0
    v128.load32_splat offset=8888
    local.set 51
    local.get 50
    local.get 51
    f32x4.add
    local.set 52
    local.get 0
    v128.load32_splat offset=8892
    local.set 53
    local.get 52
    local.get 53
    f32x4.add
    local.set 54
    local.get 0
    v128.load32_splat offset=8896
    local.set 55
    local.get 54
    local.get 55
    f32x4.add
    local.set 56
    local.get 0
    v128.load32_splat offset=8900
    local.set 57
    local.get 56
    local.get 57
    f32x4.add
    local.set 58
    local.get 0
    local.get 58
    v128.store32_lane offset=13216 0
    local.get 0
    i32.const 8904
    i32.add
    local.set 59
    local.get 0
    i32.const 13220
    i32.add
    local.set 60
    i32.const 8
    local.set 61
    loop ;; label = @1
      local.get 59
      v128.load align=4
      local.set 62
      local.get 59
      v128.load offset=128 align=4
      local.set 63
      local.get 62
      local.get 63
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 66
      local.get 59
      v128.load offset=256 align=4
      local.set 64
      local.get 59
      v128.load offset=384 align=4
      local.set 65
      local.get 64
      local.get 65
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 68
      local.get 66
      local.get 68
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 70
      local.get 66
      local.get 68
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 71
      local.get 14
      local.get 70
      f32x4.add
      local.set 74
      local.get 74
      local.get 71
      f32x4.add
      local.set 75
      local.get 62
      local.get 63
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 67
      local.get 64
      local.get 65
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 69
      local.get 67
      local.get 69
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 72
      local.get 67
      local.get 69
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 73
      local.get 75
      local.get 72
      f32x4.add
      local.set 76
      local.get 76
      local.get 73
      f32x4.add
      local.set 77
      local.get 59
      v128.load offset=16 align=4
      local.set 78
      local.get 59
      v128.load offset=144 align=4
      local.set 79
      local.get 78
      local.get 79
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 82
      local.get 59
      v128.load offset=272 align=4
      local.set 80
      local.get 59
      v128.load offset=400 align=4
      local.set 81
      local.get 80
      local.get 81
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 84
      local.get 82
      local.get 84
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 86
      local.get 82
      local.get 84
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 87
      local.get 77
      local.get 86
      f32x4.add
      local.set 90
      local.get 90
      local.get 87
      f32x4.add
      local.set 91
      local.get 78
      local.get 79
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 83
      local.get 80
      local.get 81
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 85
      local.get 83
      local.get 85
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 88
      local.get 83
      local.get 85
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 89
      local.get 91
      local.get 88
      f32x4.add
      local.set 92
      local.get 92
      local.get 89
      f32x4.add
      local.set 93
      local.get 59
      v128.load offset=32 align=4
      local.set 94
      local.get 59
      v128.load offset=160 align=4
      local.set 95
      local.get 94
      local.get 95
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 98
      local.get 59
      v128.load offset=288 align=4
      local.set 96
      local.get 59
      v128.load offset=416 align=4
      local.set 97
      local.get 96
      local.get 97
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 100
      local.get 98
      local.get 100
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 102
      local.get 98
      local.get 100
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 103
      local.get 93
      local.get 102
      f32x4.add
      local.set 106
      local.get 106
      local.get 103
      f32x4.add
      local.set 107
      local.get 94
      local.get 95
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 99
      local.get 96
      local.get 97
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 101
      local.get 99
      local.get 101
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 104
      local.get 99
      local.get 101
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 105
      local.get 107
      local.get 104
      f32x4.add
      local.set 108
      local.get 108
      local.get 105
      f32x4.add
      local.set 109
      local.get 59
      v128.load offset=48 align=4
      local.set 110
      local.get 59
      v128.load offset=176 align=4
      local.set 111
      local.get 110
      local.get 111
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 114
      local.get 59
      v128.load offset=304 align=4
      local.set 112
      local.get 59
      v128.load offset=432 align=4
      local.set 113
      local.get 112
      local.get 113
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 116
      local.get 114
      local.get 116
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 118
      local.get 114
      local.get 116
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 119
      local.get 109
      local.get 118
      f32x4.add
      local.set 122
      local.get 122
      local.get 119
      f32x4.add
      local.set 123
      local.get 110
      local.get 111
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 115
      local.get 112
      local.get 113
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 117
      local.get 115
      local.get 117
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 120
      local.get 115
      local.get 117
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 121
      local.get 123
      local.get 120
      f32x4.add
      local.set 124
      local.get 124
      local.get 121
      f32x4.add
      local.set 125
      local.get 59
      v128.load offset=64 align=4
      local.set 126
      local.get 59
      v128.load offset=192 align=4
      local.set 127
      local.get 126
      local.get 127
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 130
      local.get 59
      v128.load offset=320 align=4
      local.set 128
      local.get 59
      v128.load offset=448 align=4
      local.set 129
      local.get 128
      local.get 129
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 132
      local.get 130
      local.get 132
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 134
      local.get 130
      local.get 132
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 135
      local.get 125
      local.get 134
      f32x4.add
      local.set 138
      local.get 138
      local.get 135
      f32x4.add
      local.set 139
      local.get 126
      local.get 127
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 131
      local.get 128
      local.get 129
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 133
      local.get 131
      local.get 133
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 136
      local.get 131
      local.get 133
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 137
      local.get 139
      local.get 136
      f32x4.add
      local.set 140
      local.get 140
      local.get 137
      f32x4.add
      local.set 141
      local.get 59
      v128.load offset=80 align=4
      local.set 142
      local.get 59
      v128.load offset=208 align=4
      local.set 143
      local.get 142
      local.get 143
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 146
      local.get 59
      v128.load offset=336 align=4
      local.set 144
      local.get 59
      v128.load offset=464 align=4
      local.set 145
      local.get 144
      local.get 145
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 148
      local.get 146
      local.get 148
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 150
      local.get 146
      local.get 148
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 151
      local.get 141
      local.get 150
      f32x4.add
      local.set 154
      local.get 154
      local.get 151
      f32x4.add
      local.set 155
      local.get 142
      local.get 143
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 147
      local.get 144
      local.get 145
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 149
      local.get 147
      local.get 149
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 152
      local.get 147
      local.get 149
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 153
      local.get 155
      local.get 152
      f32x4.add
      local.set 156
      local.get 156
      local.get 153
      f32x4.add
      local.set 157
      local.get 59
      v128.load offset=96 align=4
      local.set 158
      local.get 59
      v128.load offset=224 align=4
      local.set 159
      local.get 158
      local.get 159
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 162
      local.get 59
      v128.load offset=352 align=4
      local.set 160
      local.get 59
      v128.load offset=480 align=4
      local.set 161
      local.get 160
      local.get 161
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 164
      local.get 162
      local.get 164
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 166
      local.get 162
      local.get 164
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 167
      local.get 157
      local.get 166
      f32x4.add
      local.set 170
      local.get 170
      local.get 167
      f32x4.add
      local.set 171
      local.get 158
      local.get 159
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 163
      local.get 160
      local.get 161
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 165
      local.get 163
      local.get 165
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 168
      local.get 163
      local.get 165
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 169
      local.get 171
      local.get 168
      f32x4.add
      local.set 172
      local.get 172
      local.get 169
      f32x4.add
      local.set 173
      local.get 59
      v128.load offset=112 align=4
      local.set 174
      local.get 59
      v128.load offset=240 align=4
      local.set 175
      local.get 174
      local.get 175
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 178
      local.get 59
      v128.load offset=368 align=4
      local.set 176
      local.get 59
      v128.load offset=496 align=4
      local.set 177
      local.get 176
      local.get 177
      i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
      local.set 180
      local.get 178
      local.get 180
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 182
      local.get 178
      local.get 180
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 183
      local.get 173
      local.get 182
      f32x4.add
      local.set 186
      local.get 186
      local.get 183
      f32x4.add
      local.set 187
      local.get 174
      local.get 175
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 179
      local.get 176
      local.get 177
      i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31
      local.set 181
      local.get 179
      local.get 181
      i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
      local.set 184
      local.get 179
      local.get 181
      i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31
      local.set 185
      local.get 187
      local.get 184
      f32x4.add
      local.set 188
      local.get 188
      local.get 185
      f32x4.add
      local.set 189
      local.get 60
      local.get 189
      v128.store align=4
      local.get 59
      i32.const 512
      i32.add
      local.set 59
      local.get 60
      i32.const 16
      i32.add
      local.set 60
      local.get 61
      i32.const 1
      i32.sub
      local.tee 61
      br_if 0 (;@1;)
    end
    local.get 59
    v128.load32_splat
    local.set 190
    local.get 14
    local.get 190
    f32x4.add
    local.set 191
    local.get 59
    v128.load32_splat offset=4
    local.set 192
    local.get 191
    local.get 192
    f32x4.add
    local.set 193
    local.get 59
    v128.load32_splat offset=8
    local.set 194
    local.get 193
    local.get 194
    f32x4.add
    local.set 195
    local.get 59
    v128.load32_splat offset=12
    local.set 196
    local.get 195
    local.get 196
    f32x4.add
    local.set 197
    local.get 59
    v128.load32_splat offset=16
    local.set 198
    local.get 197
    local.get 198
    f32x4.add
    local.set 199
    local.get 59
    v128.load32_splat offset=20
    local.set 200
    local.get 199
    local.get 200
    f32x4.add
    local.set 201
    local.get 59
    v128.load32_splat offset=24
    local.set 202
    local.get 201
    local.get 202
    f32x4.add
    local.set 203
    local.get 59
    v128.load32_splat offset=28
    local.set 204
    local.get 203
    local.get 204
    f32x4.add
    local.set 205
    local.get 59
    v128.load32_splat offset=32
    local.set 206
    local.get 205
    local.get 206
    f32x4.add
    local.set 207
    local.get 59
    v128.load32_splat offset=36
    local.set 208
    local.get 207
    local.get 208
    f32x4.add
    local.set 209
    local.get 59
    v128.load32_splat offset=40
    local.set 210
    local.get 209
    local.get 210
    f32x4.add
    local.set 211
    local.get 59
    v128.load32_splat offset=44
    local.set 212
    local.get 211
    local.get 212
    f32x4.add
    local.set 213
    local.get 59
    v128.load32_splat offset=48
    local.set 214
    local.get 213
    local.get 214
    f32x4.add
    local.set 215
    local.get 59
    v128.load32_splat offset=52
    local.set 216
    local.get 215
    local.get 216
    f32x4.add
    local.set 217
    local.get 59
    v128.load32_splat offset=56
    local.set 218
    local.get 217
    local.get 218
    f32x4.add
    local.set 219
    local.get 59
    v128.load32_splat offset=60
    local.set 220
    local.get 219
    local.get 220
    f32x4.add
    local.set 221
    local.get 59
    v128.load32_splat offset=64
    local.set 222
    local.get 221
    local.get 222
    f32x4.add
    local.set 223
    local.get 59
    v128.load32_splat offset=68
    local.set 224
    local.get 223
    local.get 224
    f32x4.add
    local.set 225
    local.get 59
    v128.load32_splat offset=72
    local.set 226
    local.get 225
    local.get 226
    f32x4.add
    local.set 227
    local.get 59
    v128.load32_splat offset=76
    local.set 228
    local.get 227
    local.get 228
    f32x4.add
    local.set 229
    local.get 59
    v128.load32_splat offset=80
    local.set 230
    local.get 229
    local.get 230
    f32x4.add
    local.set 231
    local.get 59
    v128.load32_splat offset=84
    local.set 232
    local.get 231
    local.get 232
    f32x4.add
    local.set 233
    local.get 59
    v128.load32_splat offset=88
    local.set 234
    local.get 233
    local.get 234
    f32x4.add
    local.set 235
    local.get 59
    v128.load32_splat offset=92
    local.set 236
    local.get 235
    local.get 236
    f32x4.add
    local.set 237
    local.get 59
    v128.load32_splat offset=96
    local.set 238
    local.get 237
    local.get 238
    f32x4.add
    local.set 239
    local.get 59
    v128.load32_splat offset=100
    local.set 240
    local.get 239
    local.get 240
    f32x4.add
    local.set 241
    local.get 59
    v128.load32_splat offset=104
    local.set 242
    local.get 241
    local.get 242
    f32x4.add
    local.set 243
    local.get 59
    v128.load32_splat offset=108
    local.set 244
    local.get 243
    local.get 244
    f32x4.add
    local.set 245
    local.get 59
    v128.load32_splat offset=112
    local.set 246
    local.get 245
    local.get 246
    f32x4.add
    local.set 247
    local.get 59
    v128.load32_splat offset=116
    local.set 248
    local.get 247
    local.get 248
    f32x4.add
    local.set 249
    local.get 59
    v128.load32_splat offset=120
    local.set 250
    local.get 249
    local.get 250
    f32x4.add
    local.set 251
    local.get 59
    v128.load32_splat offset=124
    local.set 252
    local.get 251
    local.get 252
    f32x4.add
    local.set 253
    local.get 60
    local.get 253
    v128.store32_lane 0
    local.get 59
    v128.load32_splat offset=128
    local.set 254
    local.get 14
    local.get 254
    f32x4.add
    local.set 255
    local.get 59
    v128.load32_splat offset=132
    local.set 256
    local.get 255
    local.get 256
    f32x4.add
    local.set 257
    local.get 59
    v128.load32_splat offset=136
    local.set 258
    local.get 257
    local.get 258
    f32x4.add
    local.set 259
    local.get 59
    v128.load32_splat offset=140
    local.set 260
    local.get 259
    local.get 260
    f32x4.add
    local.set 261
    local.get 59
    v128.load32_splat offset=144
    local.set 262
    local.get 261
    local.get 262
    f32x4.add
    local.set 263
    local.get 59
    v128.load32_splat offset=148
    local.set 264
    local.get 263
    local.get 264
    f32x4.add
    local.set 265
    local.get 59
    v128.load32_splat offset=152
    local.set 266
    local.get 265
    local.get 266
    f32x4.add
    local.set 267
    local.get 59
    v128.load32_splat offset=156
    local.set 268
    local.get 267
    local.get 268
    f32x4.add
    local.set 269
    local.get 59
    v128.load32_splat offset=160
    local.set 270
    local.get 269
    local.get 270
    f32x4.add
    local.set 271
    local.get 59
    v128.load32_splat offset=164
    local.set 272
    local.get 271
    local.get 272
    f32x4.add
    local.set 273
    local.get 59
    v128.load32_splat offset=168
    local.set 274
    local.get 273
    local.get 274
    f32x4.add
    local.set 275
    local.get 59
    v128.load32_splat offset=172
    local.set 276
    local.get 275
    local.get 276
    f32x4.add
    local.set 277
    local.get 59
    v128.load32_splat offset=176
    local.set 278
    local.get 277
    local.get 278
    f32x4.add
    local.set 279
    local.get 59
    v128.load32_splat offset=180
    local.set 280
    local.get 279
    local.get 280
    f32x4.add
    local.set 281
    local.get 59
    v128.load32_splat offset=184
    local.set 282
    local.get 281
    local.get 282
    f32x4.add
    local.set 283
    local.get 59
    v128.load32_splat offset=188
    local.set 284
    local.get 283
    local.get 284
    f32x4.add
    local.set 285
    local.get 59
    v128.load32_splat offset=192
    local.set 286
    local.get 285
    local.get 286
    f32x4.add
    local.set 287
    local.get 59
    v128.load32_splat offset=196
    local.set 288
    local.get 287
    local.get 288
    f32x4.add
    local.set 289
    local.get 59
    v128.load32_splat offset=200
    local.set 290
    local.get 289
    local.get 290
    f32x4.add
    local.set 291
    local.get 59
    v128.load32_splat offset=204
    local.set 292
    local.get 291
    local.get 292
    f32x4.add
    local.set 293
    local.get 59
    v128.load32_splat offset=208
    local.set 294
    local.get 293
    local.get 294
    f32x4.add
    local.set 295
    local.get 59
    v128.load32_splat offset=212
    local.set 296
    local.get 295
    local.get 296
    f32x4.add
    local.set 297
    local.get 60
    local.get 297
    v128.store32_lane offset=4 0
    local.get 0
    v128.load32_splat offset=13216
    local.set 298
    local.get 14
    local.get 298
    f32x4.add
    local.set 299
    local.get 0
    v128.load32_splat offset=13220
    local.set 300
    local.get 299
    local.get 300
    f32x4.add
    local.set 301
    local.get 0
    v128.load32_splat offset=13224
    local.set 302
    local.get 301
    local.get 302
    f32x4.add
    local.set 303
    local.get 0
    v128.load32_splat offset=13228
    local.set 304
    local.get 303
    local.get 304
    f32x4.add
    local.set 305
    local.get 0
    v128.load32_splat offset=13232
    local.set 306
    local.get 305
    local.get 306
    f32x4.add
    local.set 307
    local.get 0
    v128.load32_splat offset=13236
    local.set 308
    local.get 307
    local.get 308
    f32x4.add
    local.set 309
    local.get 0
    v128.load32_splat offset=13240
    local.set 310
    local.get 309
    local.get 310
    f32x4.add
    local.set 311
    local.get 0
    v128.load32_splat offset=13244
    local.set 312
    local.get 311
    local.get 312
    f32x4.add
    local.set 313
    local.get 0
    v128.load32_splat offset=13248
    local.set 314
    local.get 313
    local.get 314
    f32x4.add
    local.set 315
    local.get 0
    v128.load32_splat offset=13252
    local.set 316
    local.get 315
    local.get 316
    f32x4.add
    local.set 317
    local.get 0
    v128.load32_splat offset=13256
    local.set 318
    local.get 317
    local.get 318
    f32x4.add
    local.set 319
    local.get 0
    v128.load32_splat offset=13260
    local.set 320
    local.get 319
    local.get 320
    f32x4.add
    local.set 321
    local.get 0
    v128.load32_splat offset=13264
    local.set 322
    local.get 321
    local.get 322
    f32x4.add
    local.set 323
    local.get 0
    v128.load32_splat offset=13268
    local.set 324
    local.get 323
    local.get 324
    f32x4.add
    local.set 325
    local.get 0
    v128.load32_splat offset=13272
    local.set 326
    local.get 325
    local.get 326
    f32x4.add
    local.set 327
    local.get 0
    v128.load32_splat offset=13276
    local.set 328
    local.get 327
    local.get 328
    f32x4.add
    local.set 329
    local.get 0
    v128.load32_splat offset=13280
    local.set 330
    local.get 329
    local.get 330
    f32x4.add
    local.set 331
    local.get 0
    v128.load32_splat offset=13284
    local.set 332
    local.get 331
    local.get 332
    f32x4.add
    local.set 333
    local.get 0
    local.get 333
    v128.store32_lane offset=13376 0
    local.get 0
    i32.const 13288
    i32.add
    local.set 334
    local.get 0
    i32.const 13380
    i32.add
    local.set 335
    local.get 334
    v128.load32_splat
    local.set 336
    local.get 14
    local.get 336
    f32x4.add
    local.set 337
    local.get 334
    v128.load32_splat offset=4
    local.set 338
    local.get 337
    local.get 338
    f32x4.add
    local.set 339
    local.get 334
    v128.load32_splat offset=8
    local.set 340
    local.get 339
    local.get 340
    f32x4.add
    local.set 341
    local.get 334
    v128.load32_splat offset=12
    local.set 342
    local.get 341
    local.get 342
    f32x4.add
    local.set 343
    local.get 334
    v128.load32_splat offset=16
    local.set 344
    local.get 343
    local.get 344
    f32x4.add
    local.set 345
    local.get 334
    v128.load32_splat offset=20
    local.set 346
    local.get 345
    local.get 346
    f32x4.add
    local.set 347
    local.get 334
    v128.load32_splat offset=24
    local.set 348
    local.get 347
    local.get 348
    f32x4.add
    local.set 349
    local.get 334
    v128.load32_splat offset=28
    local.set 350
    local.get 349
    local.get 350
    f32x4.add
    local.set 351
    local.get 334
    v128.load32_splat offset=32
    local.set 352
    local.get 351
    local.get 352
    f32x4.add
    local.set 353
    local.get 334
    v128.load32_splat offset=36
    local.set 354
    local.get 353
    local.get 354
    f32x4.add
    local.set 355
    local.get 334
    v128.load32_splat offset=40
    local.set 356
    local.get 355
    local.get 356
    f32x4.add
    local.set 357
    local.get 334
    v128.load32_splat offset=44
    local.set 358
    local.get 357
    local.get 358
    f32x4.add
    local.set 359
    local.get 334
    v128.load32_splat offset=48
    local.set 360
    local.get 359
    local.get 360
    f32x4.add
    local.set 361
    local.get 334
    v128.load32_splat offset=52
    local.set 362
    local.get 361
    local.get 362
    f32x4.add
    local.set 363
    local.get 334
    v128.load32_splat offset=56
    local.set 364
    local.get 363
    local.get 364
    f32x4.add
    local.set 365
    local.get 334
    v128.load32_splat offset=60
    local.set 366
    local.get 365
    local.get 366
    f32x4.add
    local.set 367
    local.get 334
    v128.load32_splat offset=64
    local.set 368
    local.get 367
    local.get 368
    f32x4.add
    local.set 369
    local.get 335
    local.get 369
    v128.store32_lane 0
    local.get 0
    v128.load32_splat offset=13376
    local.set 370
    local.get 14
    local.get 370
    f32x4.add
    local.set 371
    local.get 0
    v128.load32_splat offset=13380
    local.set 372
    local.get 371
    local.get 372
    f32x4.add
    local.set 373
    local.get 373
    f32x4.abs
    local.set 374
    local.get 374
    local.get 8
    f32x4.lt
    local.set 375
    local.get 375
    local.get 9
    v128.and
    local.set 376
    local.get 373
    local.get 376
    v128.andnot
    local.set 377
    local.get 0
    local.get 377
    v128.store32_lane offset=8800 0
  )
)
