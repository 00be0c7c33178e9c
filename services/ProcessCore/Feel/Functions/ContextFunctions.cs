using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

internal static class ContextFunctions
{
    private const string Key = "key";
    private const string Value = "value";

    public static readonly IReadOnlyList<Builtin> All =
    [
        Builtin.Of<FeelContext, FeelValue>("get value", "context", "key", GetValue),
        Builtin.Of<FeelContext, FeelList>("get value", "context", "keys", AtPath),
        Builtin.Of<FeelContext>("get entries", "context", GetEntries),
        Builtin.Of<FeelContext, FeelValue, FeelValue>("context put", "context", "key", "value", Put),
        new(
            "context put",
            ["context", "keys", "value"],
            (values, evaluation) => Put(values[0] as FeelContext, values[1], values[2], evaluation)
        ),
        Builtin.OfItems("context merge", Merge) with
        {
            Parameters = ["contexts"],
        },
        Builtin.Of<FeelList>("context", "entries", FromEntries),
    ];

    private static FeelValue? GetValue(FeelContext context, FeelValue key) =>
        key switch
        {
            FeelString name => context.Find(name.Value) ?? FeelNull.Value,
            FeelList path => AtPath(context, path),
            _ => null,
        };

    private static FeelValue? AtPath(FeelContext context, FeelList path)
    {
        FeelValue found = context;
        foreach (var key in path.Items)
        {
            if (key is not FeelString name)
                return null;
            found = (found as FeelContext)?.Find(name.Value) ?? FeelNull.Value;
        }
        return path.Items.Count == 0 ? null : found;
    }

    private static FeelList GetEntries(FeelContext context, Evaluation evaluation)
    {
        evaluation.Spend(context.Count);
        return new FeelList([.. context.Entries.Select(entry => Entry(entry.Key, entry.Value))]);
    }

    private static FeelEntries Entry(string key, FeelValue value) =>
        new(new(StringComparer.Ordinal) { [Key] = new FeelString(key), [Value] = value });

    private static FeelContext? Put(FeelContext? context, FeelValue key, FeelValue value, Evaluation evaluation)
    {
        var path = FeelList.ItemsOf(key);
        return context is null || path.Count == 0 ? null : Put(context, path, 0, value, evaluation);
    }

    // Along a path, contexts that are missing are made; what is no context stands in the way.
    private static FeelEntries? Put(
        FeelContext context,
        IReadOnlyList<FeelValue> path,
        int index,
        FeelValue value,
        Evaluation evaluation
    )
    {
        evaluation.Step();
        if (path[index] is not FeelString name)
            return null;
        var entry = value;
        if (index + 1 < path.Count)
        {
            var inner = context.Find(name.Value) ?? FeelContext.Empty;
            entry = inner is FeelContext known ? Put(known, path, index + 1, value, evaluation) : null;
        }
        if (entry is null)
            return null;
        var entries = Copy(context, evaluation);
        entries[name.Value] = entry;
        return new FeelEntries(entries);
    }

    private static FeelContext? Merge(IReadOnlyList<FeelValue> contexts, Evaluation evaluation)
    {
        var merged = new OrderedDictionary<string, FeelValue>(StringComparer.Ordinal);
        foreach (var item in contexts)
        {
            if (item is not FeelContext context)
                return null;
            evaluation.Spend(context.Count);
            foreach (var (name, value) in context.Entries)
                merged[name] = value;
        }
        return new FeelEntries(merged);
    }

    private static FeelContext? FromEntries(FeelList list, Evaluation evaluation)
    {
        var entries = new OrderedDictionary<string, FeelValue>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            evaluation.Step();
            var entry = item as FeelContext;
            if (entry?.Find(Key) is not FeelString key || entry.Find(Value) is not { } value)
                return null;
            entries[key.Value] = value;
        }
        return new FeelEntries(entries);
    }

    private static OrderedDictionary<string, FeelValue> Copy(FeelContext context, Evaluation evaluation)
    {
        evaluation.Spend(context.Count);
        return new(context.Entries, StringComparer.Ordinal);
    }
}
