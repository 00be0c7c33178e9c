using Dapper;

namespace Integration.Storage;

/// <summary>What every query of the repository relies on: <c>snake_case</c> columns fill <c>PascalCase</c> properties.</summary>
internal static class DapperConventions
{
    public static void Apply() => DefaultTypeMap.MatchNamesWithUnderscores = true;
}
