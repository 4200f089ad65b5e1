//! Which loops of a program are watched: the innermost ones of its outermost level, each with a call at the end of every turn.
//!
//! What Python compiles is the program's own tree with these calls in it, so that its lines, its tracebacks and what it computes stay as they are.

use rustpython_compiler::ast::name::Name;
use rustpython_compiler::ast::{
    Arguments, AtomicNodeIndex, ExceptHandler, Expr, ExprCall, ExprContext, ExprName, Stmt, StmtExpr,
};

/// A loop that is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loop {
    /// Where it begins and ends in the text, in bytes.
    pub range: (usize, usize),
}

/// The name, which no program can write, of the function that is called after each turn of a loop.
#[must_use]
pub fn after_turn(index: usize) -> String {
    format!("<turn {index}>")
}

/// The name of the function that is called when a loop has come to its end.
#[must_use]
pub fn at_end(index: usize) -> String {
    format!("<end {index}>")
}

/// Puts the calls into a program. Returns the loops, from the top.
pub fn instrument(body: &mut [Stmt]) -> Vec<Loop> {
    let mut loops = Vec::new();
    walk(body, &mut loops);
    loops
}

fn walk(body: &mut [Stmt], loops: &mut Vec<Loop>) {
    for statement in body {
        if is_loop(statement) && !blocks(statement).into_iter().any(|block| has_loop(block)) {
            watch(statement, loops);
        } else {
            for block in blocks(statement) {
                walk(block, loops);
            }
        }
    }
}

fn is_loop(statement: &Stmt) -> bool {
    matches!(statement, Stmt::For(_) | Stmt::While(_))
}

fn has_loop(body: &mut [Stmt]) -> bool {
    body.iter_mut().any(|statement| is_loop(statement) || blocks(statement).into_iter().any(|block| has_loop(block)))
}

/// The statements within a statement, as far as they belong to the same scope.
fn blocks(statement: &mut Stmt) -> Vec<&mut Vec<Stmt>> {
    match statement {
        Stmt::For(it) => vec![&mut it.body, &mut it.orelse],
        Stmt::While(it) => vec![&mut it.body, &mut it.orelse],
        Stmt::With(it) => vec![&mut it.body],
        Stmt::If(it) => {
            let further = it.elif_else_clauses.iter_mut().map(|clause| &mut clause.body);
            std::iter::once(&mut it.body).chain(further).collect()
        }
        Stmt::Match(it) => it.cases.iter_mut().map(|case| &mut case.body).collect(),
        Stmt::Try(it) => {
            let handlers = it.handlers.iter_mut().map(|ExceptHandler::ExceptHandler(handler)| &mut handler.body);
            [&mut it.body, &mut it.orelse, &mut it.finalbody].into_iter().chain(handlers).collect()
        }
        _ => Vec::new(),
    }
}

fn watch(statement: &mut Stmt, loops: &mut Vec<Loop>) {
    let (index, range) = (
        loops.len(),
        match statement {
            Stmt::For(it) => it.range,
            Stmt::While(it) => it.range,
            _ => return,
        },
    );
    loops.push(Loop { range: (range.start().to_usize(), range.end().to_usize()) });
    let call = |name: String| {
        // it belongs to the line of the loop
        let node_index = AtomicNodeIndex::NONE;
        let name = ExprName { node_index: node_index.clone(), range, id: Name::new(name), ctx: ExprContext::Load };
        let arguments =
            Arguments { range, node_index: node_index.clone(), args: Box::default(), keywords: Box::default() };
        let func = Box::new(Expr::Name(name));
        let value = Box::new(Expr::Call(ExprCall { node_index: node_index.clone(), range, func, arguments }));
        Stmt::Expr(StmtExpr { node_index, range, value })
    };
    let turn = call(after_turn(index));
    let mut blocks = blocks(statement).into_iter();
    if let Some(body) = blocks.next() {
        before_continues(body, &turn);
        body.push(turn);
    }
    if let Some(otherwise) = blocks.next() {
        otherwise.insert(0, call(at_end(index)));
    }
}

fn before_continues(body: &mut Vec<Stmt>, turn: &Stmt) {
    let mut place = 0;
    while place < body.len() {
        if matches!(body[place], Stmt::Continue(_)) {
            body.insert(place, turn.clone());
            place += 1;
        } else {
            for block in blocks(&mut body[place]) {
                before_continues(block, turn);
            }
        }
        place += 1;
    }
}
