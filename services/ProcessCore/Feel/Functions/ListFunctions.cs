using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

internal static class ListFunctions
{
    public static readonly IReadOnlyList<Builtin> All =
    [
        Builtin.Of<FeelList, FeelValue>(
            "list contains",
            "list",
            "element",
            (list, element, evaluation) => FeelBoolean.Of(list.Items.Any(item => Same(item, element, evaluation)))
        ),
        Builtin.Of<FeelList>("count", "list", list => FeelNumber.Of(list.Items.Count)),
        Builtin.Of<FeelList>("is empty", "list", list => FeelBoolean.Of(list.Items.Count == 0)),
        Builtin.OfItems("all", (items, _) => Fold(items, true, Logic.And)),
        Builtin.OfItems("and", (items, _) => Fold(items, true, Logic.And)),
        Builtin.OfItems("any", (items, _) => Fold(items, false, Logic.Or)),
        Builtin.OfItems("or", (items, _) => Fold(items, false, Logic.Or)),
        Builtin.Of<FeelList, FeelNumber>(
            "sublist",
            "list",
            "start position",
            (list, start) => Sublist(list, start, length: null)
        ),
        Builtin.Of<FeelList, FeelNumber, FeelNumber>(
            "sublist",
            "list",
            "start position",
            "length",
            (list, start, length, _) => Sublist(list, start, length)
        ),
        new("append", ["list", "items"], Append) { IsVariadic = true },
        new("concatenate", ["lists"], Concatenate) { IsVariadic = true },
        new(
            "union",
            ["lists"],
            (lists, evaluation) => Concatenate(lists, evaluation) is { } items ? Distinct(items, evaluation) : null
        )
        {
            IsVariadic = true,
        },
        Builtin.Of<FeelList, FeelNumber, FeelValue>("insert before", "list", "position", "newItem", Insert),
        Builtin.Of<FeelList, FeelNumber>("remove", "list", "position", Remove),
        Builtin.Of<FeelList, FeelValue, FeelValue>("list replace", "list", "position", "newItem", Replace),
        Builtin.Of<FeelList>("reverse", "list", list => new FeelList([.. list.Items.Reverse()])),
        Builtin.Of<FeelList, FeelValue>("index of", "list", "match", IndexOf),
        Builtin.Of<FeelList>("distinct values", "list", (list, evaluation) => Distinct(list, evaluation)),
        Builtin.Of<FeelList>("duplicate values", "list", Duplicates),
        Builtin.Of<FeelList>("flatten", "list", Flatten),
        Builtin.Of<FeelList, FeelFunction>("sort", "list", "precedes", Sorting.By),
        Builtin.Of<FeelList>("sort", "list", Sorting.Natural),
        .. Aggregates.All,
    ];

    private static bool Same(FeelValue left, FeelValue right, Evaluation evaluation) =>
        Equality.Of(left, right, evaluation) == true;

    private static FeelValue Fold(IReadOnlyList<FeelValue> items, bool? seed, Func<bool?, bool?, bool?> join) =>
        FeelBoolean.Of(items.Aggregate(seed, (result, item) => join(result, (item as FeelBoolean)?.Value)));

    /// <summary>The index, from 0, of a position that counts from 1, or from the end when negative; null when outside.</summary>
    private static int? Index(FeelNumber position, int count)
    {
        if (position.AsInt32() is not { } given)
            return null;
        var index = given > 0 ? given - 1 : count + given;
        return given != 0 && index >= 0 && index < count ? index : null;
    }

    // What lies outside of the list is left out, as in Camunda.
    private static FeelList? Sublist(FeelList list, FeelNumber start, FeelNumber? length)
    {
        var count = list.Items.Count;
        if (start.AsInt32() is not { } position || (length ?? FeelNumber.Of(count)).AsInt32() is not { } taken)
            return null;
        var from = position > 0 ? position - 1L : count + (long)position;
        var to = length is null ? count : Math.Min(from + taken, count);
        var first = Math.Max(from, 0);
        return to <= first ? FeelList.Empty : new FeelList([.. list.Items.Skip((int)first).Take((int)(to - first))]);
    }

    private static FeelList? Append(FeelValue[] arguments, Evaluation evaluation)
    {
        if (arguments is not [FeelList list, FeelList added])
            return null;
        evaluation.Spend(list.Items.Count);
        return new FeelList([.. list.Items, .. added.Items]);
    }

    private static FeelList? Concatenate(FeelValue[] arguments, Evaluation evaluation)
    {
        if (arguments is not [FeelList lists])
            return null;
        var items = new List<FeelValue>();
        foreach (var list in lists.Items)
        {
            items.AddRange(FeelList.ItemsOf(list));
            evaluation.Spend(FeelList.ItemsOf(list).Count);
        }
        return new FeelList(items);
    }

    private static FeelList? Insert(FeelList list, FeelNumber position, FeelValue item, Evaluation evaluation)
    {
        // Before the beginning and past the end, it is put there, as in Camunda.
        var count = list.Items.Count;
        if (position.AsInt32() is not { } given || given == 0)
            return null;
        var index = (int)Math.Clamp(given > 0 ? given - 1L : count + (long)given, 0, count);
        evaluation.Spend(count);
        return new FeelList([.. list.Items.Take(index), item, .. list.Items.Skip(index)]);
    }

    private static FeelList? Remove(FeelList list, FeelNumber position, Evaluation evaluation)
    {
        if (Index(position, list.Items.Count) is not { } index)
            return null;
        evaluation.Spend(list.Items.Count);
        return new FeelList([.. list.Items.Take(index), .. list.Items.Skip(index + 1)]);
    }

    private static FeelList? Replace(FeelList list, FeelValue position, FeelValue item, Evaluation evaluation)
    {
        evaluation.Spend(list.Items.Count);
        if (position is FeelNumber number)
            return Index(number, list.Items.Count) is { } index
                ? new FeelList([.. list.Items.Take(index), item, .. list.Items.Skip(index + 1)])
                : null;
        if (position is not FeelFunction { Parameters.Count: 2 } matches)
            return null;
        return new FeelList([
            .. list.Items.Select(old => matches.Invoke([old, item]) == FeelBoolean.True ? item : old),
        ]);
    }

    private static FeelList IndexOf(FeelList list, FeelValue match, Evaluation evaluation) =>
        new([
            .. list
                .Items.Index()
                .Where(entry => Same(entry.Item, match, evaluation))
                .Select(entry => FeelNumber.Of(entry.Index + 1)),
        ]);

    private static FeelList Distinct(FeelList list, Evaluation evaluation)
    {
        var distinct = new List<FeelValue>();
        foreach (var item in list.Items)
        {
            if (!distinct.Exists(known => Same(known, item, evaluation)))
                distinct.Add(item);
        }
        return new FeelList(distinct);
    }

    private static FeelList Duplicates(FeelList list, Evaluation evaluation) =>
        new([
            .. Distinct(list, evaluation)
                .Items.Where(item => list.Items.Count(other => Same(item, other, evaluation)) > 1),
        ]);

    private static FeelList Flatten(FeelList list, Evaluation evaluation)
    {
        var items = new List<FeelValue>();
        Flatten(list, items, evaluation);
        return new FeelList(items);
    }

    private static void Flatten(FeelValue value, List<FeelValue> items, Evaluation evaluation)
    {
        evaluation.Step();
        if (value is not FeelList list)
        {
            items.Add(value);
            return;
        }
        foreach (var item in list.Items)
            Flatten(item, items, evaluation);
    }
}
