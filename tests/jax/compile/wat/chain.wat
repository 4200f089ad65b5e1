(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 6
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 7
    local.get 0
    i32.const 0
    i32.add
    local.set 1
    i32.const 18
    local.set 2
    loop ;; label = @1
      local.get 1
      v128.load align=4
      local.set 3
      local.get 1
      v128.load offset=1200 align=4
      local.set 4
      local.get 3
      local.get 4
      f32x4.add
      local.set 5
      local.get 1
      v128.load offset=16 align=4
      local.set 17
      local.get 1
      v128.load offset=1216 align=4
      local.set 18
      local.get 17
      local.get 18
      f32x4.add
      local.set 19
      local.get 1
      v128.load offset=32 align=4
      local.set 29
      local.get 1
      v128.load offset=1232 align=4
      local.set 30
      local.get 29
      local.get 30
      f32x4.add
      local.set 31
      local.get 1
      v128.load offset=48 align=4
      local.set 41
      local.get 1
      v128.load offset=1248 align=4
      local.set 42
      local.get 41
      local.get 42
      f32x4.add
      local.set 43
      local.get 5
      f32x4.abs
      local.set 8
      local.get 8
      local.get 6
      f32x4.lt
      local.set 9
      local.get 9
      local.get 7
      v128.and
      local.set 10
      local.get 5
      local.get 10
      v128.andnot
      local.set 11
      local.get 11
      local.get 4
      f32x4.mul
      local.set 12
      local.get 12
      f32x4.abs
      local.set 13
      local.get 13
      local.get 6
      f32x4.lt
      local.set 14
      local.get 14
      local.get 7
      v128.and
      local.set 15
      local.get 12
      local.get 15
      v128.andnot
      local.set 16
      local.get 1
      local.get 16
      v128.store offset=3600 align=4
      local.get 19
      f32x4.abs
      local.set 20
      local.get 20
      local.get 6
      f32x4.lt
      local.set 21
      local.get 21
      local.get 7
      v128.and
      local.set 22
      local.get 19
      local.get 22
      v128.andnot
      local.set 23
      local.get 23
      local.get 18
      f32x4.mul
      local.set 24
      local.get 24
      f32x4.abs
      local.set 25
      local.get 25
      local.get 6
      f32x4.lt
      local.set 26
      local.get 26
      local.get 7
      v128.and
      local.set 27
      local.get 24
      local.get 27
      v128.andnot
      local.set 28
      local.get 1
      local.get 28
      v128.store offset=3616 align=4
      local.get 31
      f32x4.abs
      local.set 32
      local.get 32
      local.get 6
      f32x4.lt
      local.set 33
      local.get 33
      local.get 7
      v128.and
      local.set 34
      local.get 31
      local.get 34
      v128.andnot
      local.set 35
      local.get 35
      local.get 30
      f32x4.mul
      local.set 36
      local.get 36
      f32x4.abs
      local.set 37
      local.get 37
      local.get 6
      f32x4.lt
      local.set 38
      local.get 38
      local.get 7
      v128.and
      local.set 39
      local.get 36
      local.get 39
      v128.andnot
      local.set 40
      local.get 1
      local.get 40
      v128.store offset=3632 align=4
      local.get 43
      f32x4.abs
      local.set 44
      local.get 44
      local.get 6
      f32x4.lt
      local.set 45
      local.get 45
      local.get 7
      v128.and
      local.set 46
      local.get 43
      local.get 46
      v128.andnot
      local.set 47
      local.get 47
      local.get 42
      f32x4.mul
      local.set 48
      local.get 48
      f32x4.abs
      local.set 49
      local.get 49
      local.get 6
      f32x4.lt
      local.set 50
      local.get 50
      local.get 7
      v128.and
      local.set 51
      local.get 48
      local.get 51
      v128.andnot
      local.set 52
      local.get 1
      local.get 52
      v128.store offset=3648 align=4
      local.get 1
      i32.const 64
      i32.add
      local.set 1
      local.get 2
      i32.const 1
      i32.sub
      local.tee 2
      br_if 0 (;@1;)
    end
    local.get 1
    v128.load align=4
    local.set 53
    local.get 1
    v128.load offset=1200 align=4
    local.set 54
    local.get 53
    local.get 54
    f32x4.add
    local.set 55
    local.get 1
    v128.load offset=16 align=4
    local.set 65
    local.get 1
    v128.load offset=1216 align=4
    local.set 66
    local.get 65
    local.get 66
    f32x4.add
    local.set 67
    local.get 1
    v128.load offset=32 align=4
    local.set 77
    local.get 1
    v128.load offset=1232 align=4
    local.set 78
    local.get 77
    local.get 78
    f32x4.add
    local.set 79
    local.get 55
    f32x4.abs
    local.set 56
    local.get 56
    local.get 6
    f32x4.lt
    local.set 57
    local.get 57
    local.get 7
    v128.and
    local.set 58
    local.get 55
    local.get 58
    v128.andnot
    local.set 59
    local.get 59
    local.get 54
    f32x4.mul
    local.set 60
    local.get 60
    f32x4.abs
    local.set 61
    local.get 61
    local.get 6
    f32x4.lt
    local.set 62
    local.get 62
    local.get 7
    v128.and
    local.set 63
    local.get 60
    local.get 63
    v128.andnot
    local.set 64
    local.get 1
    local.get 64
    v128.store offset=3600 align=4
    local.get 67
    f32x4.abs
    local.set 68
    local.get 68
    local.get 6
    f32x4.lt
    local.set 69
    local.get 69
    local.get 7
    v128.and
    local.set 70
    local.get 67
    local.get 70
    v128.andnot
    local.set 71
    local.get 71
    local.get 66
    f32x4.mul
    local.set 72
    local.get 72
    f32x4.abs
    local.set 73
    local.get 73
    local.get 6
    f32x4.lt
    local.set 74
    local.get 74
    local.get 7
    v128.and
    local.set 75
    local.get 72
    local.get 75
    v128.andnot
    local.set 76
    local.get 1
    local.get 76
    v128.store offset=3616 align=4
    local.get 79
    f32x4.abs
    local.set 80
    local.get 80
    local.get 6
    f32x4.lt
    local.set 81
    local.get 81
    local.get 7
    v128.and
    local.set 82
    local.get 79
    local.get 82
    v128.andnot
    local.set 83
    local.get 83
    local.get 78
    f32x4.mul
    local.set 84
    local.get 84
    f32x4.abs
    local.set 85
    local.get 85
    local.get 6
    f32x4.lt
    local.set 86
    local.get 86
    local.get 7
    v128.and
    local.set 87
    local.get 84
    local.get 87
    v128.andnot
    local.set 88
    local.get 1
    local.get 88
    v128.store offset=3632 align=4
  )
)
