using System.Text.Json.Serialization;

namespace Plimsoll.Docker;

/// <summary>The shapes that the engine sends and takes unchanged from version to version. Field names are the engine's.</summary>
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(CreatedBody))]
[JsonSerializable(typeof(ContainerExit))]
[JsonSerializable(typeof(ContainerListItem[]))]
[JsonSerializable(typeof(ImageListItem[]))]
[JsonSerializable(typeof(PullLine))]
[JsonSerializable(typeof(EventLine))]
[JsonSerializable(typeof(StatisticsBody))]
[JsonSerializable(typeof(VersionBody))]
[JsonSerializable(typeof(RegistryAuthBody))]
[JsonSerializable(typeof(Dictionary<string, IReadOnlyList<string>>))]
internal sealed partial class WireJson : JsonSerializerContext;
