using System.Text.Json;

namespace Integration.Http;

/// <summary>The names of choices, as tasks and settings write them.</summary>
internal static class AuthenticationNames
{
    public static string Of<T>(T choice)
        where T : struct, Enum => JsonSerializer.Serialize(choice).Trim('"');

    public static bool TryRead<T>(string name, out T choice)
        where T : struct, Enum
    {
        choice = Enum.GetValues<T>().FirstOrDefault(one => Of(one) == name);
        return Of(choice) == name;
    }

    public static string All<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Of));
}
