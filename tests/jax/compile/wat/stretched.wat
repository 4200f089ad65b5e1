(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local i32 i32 i32 i32 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    v128.const i32x4 0x00800000 0x00800000 0x00800000 0x00800000
    local.set 8
    v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff
    local.set 9
    local.get 0
    i32.const 0
    i32.add
    local.set 1
    local.get 0
    i32.const 2400
    i32.add
    local.set 2
    local.get 0
    i32.const 2432
    i32.add
    local.set 3
    i32.const 100
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
      f32x4.add
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
      v128.load offset=16 align=4
      local.set 14
      local.get 2
      v128.load offset=16 align=4
      local.set 15
      local.get 14
      local.get 15
      f32x4.add
      local.set 16
      local.get 16
      f32x4.abs
      local.set 17
      local.get 17
      local.get 8
      f32x4.lt
      local.set 18
      local.get 18
      local.get 9
      v128.and
      local.set 19
      local.get 16
      local.get 19
      v128.andnot
      local.set 20
      local.get 3
      local.get 20
      v128.store64_lane offset=16 align=4 0
      local.get 1
      i32.const 24
      i32.add
      local.set 1
      local.get 3
      i32.const 24
      i32.add
      local.set 3
      local.get 4
      i32.const 1
      i32.sub
      local.tee 4
      br_if 0 (;@1;)
    end
  )
)
