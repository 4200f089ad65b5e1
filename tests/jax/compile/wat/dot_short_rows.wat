(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local v128 v128 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    local.set 9
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 13
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 14
    local.get 0
    v128.load32_splat offset=2400
    local.set 1
    local.get 0
    v128.load32_splat offset=2404
    local.set 2
    local.get 0
    i32.const 0
    i32.add
    local.set 3
    local.get 0
    i32.const 2416
    i32.add
    local.set 4
    i32.const 75
    local.set 5
    loop ;; label = @1
      local.get 3
      v128.load align=4
      local.set 6
      local.get 3
      v128.load offset=16 align=4
      local.set 7
      local.get 6
      local.get 7
      i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
      local.set 8
      local.get 8
      local.get 1
      local.get 9
      f32x4.relaxed_madd
      local.set 10
      local.get 6
      local.get 7
      i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31
      local.set 11
      local.get 11
      local.get 2
      local.get 10
      f32x4.relaxed_madd
      local.set 12
      local.get 12
      f32x4.abs
      local.set 15
      local.get 15
      local.get 13
      f32x4.lt
      local.set 16
      local.get 16
      local.get 14
      v128.and
      local.set 17
      local.get 12
      local.get 17
      v128.andnot
      local.set 18
      local.get 4
      local.get 18
      v128.store align=4
      local.get 3
      i32.const 32
      i32.add
      local.set 3
      local.get 4
      i32.const 16
      i32.add
      local.set 4
      local.get 5
      i32.const 1
      i32.sub
      local.tee 5
      br_if 0 (;@1;)
    end
  )
)
