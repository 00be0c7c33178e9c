namespace Integration.Mail.Templates;

/// <summary>A list whose items are counted when a template takes them.</summary>
internal sealed class CountedItems(IEnumerable<object?> items, Steps steps) : List<object?>(items), IList<object?>
{
    object? IList<object?>.this[int index]
    {
        get
        {
            steps.Take();
            return this[index];
        }
        set => this[index] = value;
    }
}
