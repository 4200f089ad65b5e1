# a name that is assigned only sometimes
def best(losses):
    for i, l in enumerate(losses):
        if l < 0.1:
            found = i
    return found
print(best([0.5, 0.05]))
print(best([0.5, 0.4]))
