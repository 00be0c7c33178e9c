using System.Text;

namespace Integration.ErrorTreatment.Failures;

/// <summary>Short strings of AMQP: routing keys and properties.</summary>
internal static class ShortString
{
    private const int Longest = 255;

    public static bool Fits(string? text) => text is null || Encoding.UTF8.GetByteCount(text) <= Longest;
}
