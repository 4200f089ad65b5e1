(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 i32 i32 i32)))
  (type (;2;) (func (param v128 v128 v128) (result v128)))
  (type (;3;) (func (param f32 f32 f32) (result f32)))
  (import "env" "memory" (memory (;0;) 1))
  (export "0" (func 0))
  (func (;0;) (type 0) (param i32)
    (local i32 i32 i32 v128)
    local.get 0
    i32.const 4
    i32.add
    local.set 1
    local.get 0
    i32.const 2400
    i32.add
    local.set 2
    i32.const 100
    local.set 3
    loop ;; label = @1
      local.get 1
      v128.load align=4
      local.set 4
      local.get 2
      local.get 4
      v128.store align=4
      local.get 1
      i32.const 24
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
  )
)
