using Integration.Errors;

namespace Integration.Rest.Request;

/// <summary>Which statuses are a success.</summary>
internal static class ExpectedStatuses
{
    private static readonly StatusRange[] _default = [StatusRange.Success];

    public static void Check(IReadOnlyList<StatusRange>? expect)
    {
        if (expect is { Count: 0 })
            throw InvalidInput.At("expect", "is empty, so that nothing could succeed. Leave it out for [\"2xx\"].");
    }

    public static bool Contain(IReadOnlyList<StatusRange>? expect, int status) =>
        (expect ?? _default).Any(range => range.Contains(status));
}
