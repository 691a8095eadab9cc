using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plimsoll.Plumbing.Cli.Doctor;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(List<Finding>))]
internal sealed partial class DoctorJson : JsonSerializerContext;
