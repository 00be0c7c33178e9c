namespace Integration.Mail.Templates;

/// <summary>An object whose members are counted when a template goes through them.</summary>
internal sealed class CountedMembers(IEnumerable<KeyValuePair<string, object?>> members, Steps steps)
    : Dictionary<string, object?>(members, StringComparer.Ordinal),
        IEnumerable<KeyValuePair<string, object?>>
{
    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator()
    {
        foreach (var member in this)
        {
            steps.Take();
            yield return member;
        }
    }
}
