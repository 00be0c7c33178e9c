using Integration.Storage;

namespace Integration.Hosting;

/// <summary>Tables that a part of a service needs; brought up to date before anything starts.</summary>
/// <param name="Component">Names the tables' history, e.g. <c>journal</c>.</param>
/// <param name="Migrations">In order.</param>
public sealed record ComponentMigrations(string Component, IReadOnlyList<Migration> Migrations);
