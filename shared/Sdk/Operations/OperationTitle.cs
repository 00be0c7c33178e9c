namespace Integration.Sdk;

/// <summary>What an operation is called in a list unless it says so itself: <c>s3.put-object</c> is "Put object".</summary>
internal static class OperationTitle
{
    public static string Of(string name)
    {
        var words = name.Split('.')[^1].Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
