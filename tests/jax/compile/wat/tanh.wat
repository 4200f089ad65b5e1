(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0xc0fff644 0xc0fff644 0xc0fff644 0xc0fff644
    local.set 2
    v128.const i32x4 0x40fff644 0x40fff644 0x40fff644 0x40fff644
    local.set 3
    v128.const i32x4 0xa59f25c0 0xa59f25c0 0xa59f25c0 0xa59f25c0
    local.set 7
    v128.const i32x4 0x2a61337e 0x2a61337e 0x2a61337e 0x2a61337e
    local.set 8
    v128.const i32x4 0xaebd37ff 0xaebd37ff 0xaebd37ff 0xaebd37ff
    local.set 10
    v128.const i32x4 0x335c0041 0x335c0041 0x335c0041 0x335c0041
    local.set 12
    v128.const i32x4 0x3779434a 0x3779434a 0x3779434a 0x3779434a
    local.set 14
    v128.const i32x4 0x3a270ded 0x3a270ded 0x3a270ded 0x3a270ded
    local.set 16
    v128.const i32x4 0x3ba059dc 0x3ba059dc 0x3ba059dc 0x3ba059dc
    local.set 18
    v128.const i32x4 0x35a0d3d8 0x35a0d3d8 0x35a0d3d8 0x35a0d3d8
    local.set 20
    v128.const i32x4 0x38f895d6 0x38f895d6 0x38f895d6 0x38f895d6
    local.set 21
    v128.const i32x4 0x3b14aa05 0x3b14aa05 0x3b14aa05 0x3b14aa05
    local.set 23
    v128.const i32x4 0x3ba059dd 0x3ba059dd 0x3ba059dd 0x3ba059dd
    local.set 25
    v128.const i32x4 0x39d1b717 0x39d1b717 0x39d1b717 0x39d1b717
    local.set 30
    v128.const i32x4 0x41a00000 0x41a00000 0x41a00000 0x41a00000
    local.set 31
    v128.const i32x4 0x3f800000 0x3f800000 0x3f800000 0x3f800000
    local.set 34
    v128.const i32x4 0x80000000 0x80000000 0x80000000 0x80000000
    local.set 35
    local.get 0
    v128.load align=4
    local.set 1
    local.get 1
    local.get 2
    f32x4.max
    local.set 4
    local.get 4
    local.get 3
    f32x4.min
    local.set 5
    local.get 5
    local.get 5
    f32x4.mul
    local.set 6
    local.get 7
    local.get 6
    local.get 8
    f32x4.relaxed_madd
    local.set 9
    local.get 9
    local.get 6
    local.get 10
    f32x4.relaxed_madd
    local.set 11
    local.get 11
    local.get 6
    local.get 12
    f32x4.relaxed_madd
    local.set 13
    local.get 13
    local.get 6
    local.get 14
    f32x4.relaxed_madd
    local.set 15
    local.get 15
    local.get 6
    local.get 16
    f32x4.relaxed_madd
    local.set 17
    local.get 17
    local.get 6
    local.get 18
    f32x4.relaxed_madd
    local.set 19
    local.get 5
    local.get 19
    f32x4.mul
    local.set 27
    local.get 20
    local.get 6
    local.get 21
    f32x4.relaxed_madd
    local.set 22
    local.get 22
    local.get 6
    local.get 23
    f32x4.relaxed_madd
    local.set 24
    local.get 24
    local.get 6
    local.get 25
    f32x4.relaxed_madd
    local.set 26
    local.get 27
    local.get 26
    f32x4.div
    local.set 28
    local.get 1
    f32x4.abs
    local.set 29
    local.get 29
    local.get 30
    f32x4.lt
    local.set 32
    local.get 29
    local.get 31
    f32x4.ge
    local.set 33
    local.get 1
    local.get 34
    local.get 35
    v128.bitselect
    local.set 36
    local.get 36
    local.get 28
    local.get 33
    v128.bitselect
    local.set 37
    local.get 1
    local.get 37
    local.get 32
    v128.bitselect
    local.set 38
    local.get 0
    local.get 38
    v128.store offset=16 align=4
  )
)
